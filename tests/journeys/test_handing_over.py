"""A mentor leaves: what they answer for passes to a colleague before they go."""

import pytest

from tests.journeys.arriving import PASSWORD, home
from tests.journeys.person import Person

NEWCOMER, NAME = "newcomer@mentors.example", "Яна Юсупова"


def join_as_mentor(manager: Person, newcomer: Person) -> None:
    """The manager invites a colleague, who joins on a phone."""
    manager.press("Invite somebody").fill(email=NEWCOMER, role="mentor", language="ru")
    manager.press("Send the invitation").reads(NEWCOMER)
    newcomer.open_letter(NEWCOMER)
    newcomer.press("Join").fill(name=NAME, password=PASSWORD).press("Join").fill(way_in=NEWCOMER, password=PASSWORD).press("Sign in")


def hand_all_over(manager: Person, to: str) -> Person:
    """Every kind that the member answers for goes to one colleague."""
    kinds = [one.get_attribute("name") or "" for one in manager.page.locator("main form select").all()]
    assert "mentor" in kinds, kinds
    return manager.fill(**dict.fromkeys(kinds, to)).press("Hand over")


@pytest.mark.timeout(180)
def test_a_mentor_who_leaves_hands_over_first(person):
    manager, newcomer = person(language="en").become("employer-manager"), person(language="ru", phone=True)
    people = f"{home(manager.page.url)}people"
    join_as_mentor(manager.go(people), newcomer)
    newcomer.look("home of a new mentor")

    manager.go(f"{people}?role=mentor").look("mentors with what they hold")
    manager.page.locator("main").get_by_role("link", name="Hand over…").last.click()
    manager.page.wait_for_url("**/hand-over")
    leaver = manager.page.url.removesuffix("/hand-over")
    manager.go(f"{leaver}/end").look("leaving is refused").press("Hand over…").look("what a mentor holds")
    chosen = manager.control("mentor").locator("option", has_text=NAME).first.get_attribute("value")
    hand_all_over(manager, chosen).sees("Nothing that would have to be handed over.").look("handed over")

    newcomer.open_letter(NEWCOMER, "принимаете|принимаете дела|Вы принимаете")
    newcomer.look("whose work one takes over").go("/account/home").look("home of the one who took over")
    newcomer.go(f"{home(newcomer.page.url)}placements").look("trainees taken over")
    assert newcomer.page.locator("main tbody tr").count(), "The trainees are the newcomer's now."

    manager.go(f"{people}?role=mentor").follow(NAME)
    newcomer_s = manager.page.url
    hand_all_over(manager.go(f"{newcomer_s}/hand-over"), leaver.rpartition("/")[2]).look("handed back")
    manager.go(newcomer_s).press("End the membership…").look("leaving").press("End the membership").go(newcomer_s).sees("Membership ended")
    manager.look("a member who has left")
