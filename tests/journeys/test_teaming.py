"""Two who want to study only together: one starts a team, the other joins by its link on a phone, and both get seats at once."""

from datetime import date

from tests.journeys.arriving import PASSWORD, begin_to_learn, home
from tests.journeys.test_first_seat import FIRST_COME
from tests.journeys.test_ruling import narrow

ADDRESS = "marat.galimov@team.example"


def test_two_friends_come_as_a_team(person):
    leader = person(language="en").become("graduate")
    leader.go("/programmes").follow(FIRST_COME).press("Take a seat")
    taking = leader.page.url
    manager = person(language="en").become("school-manager")
    narrow(manager, f"{home(manager.page.url)}cohorts/{taking.split('/')[-2]}")
    leader.go(taking).look("taking a seat, or coming as a team").press("Come as a team").look("starting a team")
    leader.fill(funding="state").press("Start the team").look("a team of one")
    team, link = leader.page.url, leader.page.locator("#team-link").inner_text()

    friend = person(language="ru", phone=True)
    friend.go(link).press("New here? Sign up").fill(name="Марат Галимов", email=ADDRESS, password=PASSWORD, agreed=True).press("Sign up")
    friend.open_letter(ADDRESS)
    friend.press("Confirm the address").fill(way_in=ADDRESS, password=PASSWORD).press("Sign in")
    begin_to_learn(friend, family="Галимов", given="Марат", born_on=date(2001, 2, 9))
    friend.look("joining a team").press("Join the team").look("in the team")

    leader.go(team).unfold("Send the team in").press("Send the team in", within="main details[open]")
    leader.sees("All of you have seats.").look("all have seats")
    friend.go("/me/study").sees("Enrolled").look("the friend's seat")

    manager.go(f"{home(manager.page.url)}cohorts/{taking.split('/')[-2]}/teams").reads("Марат").look("the teams of a cohort")
