"""An employer sends two of its people to a course: one takes the seat on a phone, the other's is cancelled."""

from datetime import date

from tests.journeys.arriving import PASSWORD, begin_to_learn, home

WORKER, OTHER = "anna.gordeeva@daaz.example", "pavel.zimin@daaz.example"


def test_an_employer_names_two_one_comes_and_one_does_not(person):
    manager = person(language="ru").become("employer-manager")
    base = home(manager.page.url)
    manager.go(f"{base}seats?state=agreed").look("bought seats")
    manager.page.locator("main tbody th a").first.click()
    manager.look("seats that are bought")
    bought = manager.page.url
    for family, given, email in (("Гордеева", "Анна", WORKER), ("Зимин", "Павел", OTHER)):
        manager.go(bought).press("Nominate somebody…").look("nominating")
        manager.fill(family_name=family, given_name=given, email=email, personnel_number="00731").press("Nominate", within="main form")
    manager.look("two are named")

    worker = person(language="ru", phone=True)
    worker.open_letter(WORKER)
    worker.press("New here? Sign up").fill(name="Анна Гордеева", email=WORKER, password=PASSWORD, agreed=True).press("Sign up")
    worker.open_letter(WORKER)
    worker.press("Confirm the address").fill(way_in=WORKER, password=PASSWORD).press("Sign in")
    begin_to_learn(worker, family="Гордеева", given="Анна", born_on=date(1994, 5, 17))
    worker.look("a seat kept for me").press("Take the seat").sees("The seat is yours.").look("the seat is mine")

    manager.go(f"{bought}?q=Зимин").press("Cancel…").look("cancelling").fill(reason="Переведён в другой цех.")
    manager.press("Cancel the nomination", within="main form").sees("Cancelled. The seat can be given to somebody else.")
    manager.go(f"{bought}?q=Гордеева").sees("Studies").look("one studies")

    head = person(language="en").become("school-manager")
    head.go(f"{home(head.page.url)}seats?state=agreed").look("seats that a school has sold")
    head.page.locator("main tbody tr", has_text="DAAZ").locator("th a").click()
    head.reads("Гордеева Анна").look("who came")
