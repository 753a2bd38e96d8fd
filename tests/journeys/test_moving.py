"""A trainee moves to another school: one school keeps a seat, the other lets them go, and the passport comes along."""

from tests.journeys.arriving import PASSWORD, home

MANAGER = "manager@dtpt.example"


def test_a_trainee_asks_another_school_which_accepts_and_the_own_one_lets_them_go(person):
    trainee = person(language="ru", phone=True).become("trainee")
    trainee.go("/me/study").page.locator("main article h2 a").first.click()
    trainee.press("Move to another school…").look("choosing another school").fill(q="ДТПТ").press("Search").look("schools found by words")
    trainee.press("Ask…").look("asking another school").fill(words="Техникум рядом с домом, и к машинам тянет больше.")
    trainee.press("Ask the school").look("asked another school")
    asked = trainee.page.url
    key = asked.rsplit("/", 1)[1]

    receiver = person(language="ru")
    receiver.go("/forgotten").fill(way_in=MANAGER).press("Send the letter").open_letter(MANAGER, r"password|парол")
    receiver.fill(password=PASSWORD, again=PASSWORD).press("Set the password").sign_in(MANAGER, PASSWORD)
    there = home(receiver.page.url)
    receiver.go(f"{there}transfers").look("transfers of a school").go(f"{there}transfers/{key}").look("somebody wants to move here")
    receiver.press("Accept…").look("accepting a transfer").press("Accept and keep the seat").look("a seat is kept")

    sender = person(language="en").become("school-manager")
    page = f"{home(sender.page.url)}transfers/{key}"
    sender.go(page).look("somebody wants to leave").press("Confirm the departure…").look("confirming a departure")
    sender.press("Confirm", within="main form").look("agreed by both schools")

    trainee.go(asked).look("both schools agree")
