"""Somebody who has never been here, on a phone, in Russian: from the landing page to a seat."""

from datetime import date

import pytest

from tests.journeys.arriving import PASSWORD, begin_to_learn
from tests.journeys.site import today

FIRST_COME = "Оператор-наладчик металлообрабатывающих станков"
"""A programme whose seats go by order of arrival."""
ADDRESS = "alsu@trainees.example"


@pytest.mark.timeout(180)
def test_a_newcomer_on_a_phone_finds_a_programme_and_takes_a_seat(person):
    alsu = person(language="ru", phone=True)
    alsu.go("/").look("landing").page.locator("#landing-q").fill("сварщик")
    with alsu.page.expect_navigation(wait_until="load"):
        alsu.page.locator("#landing-q").press("Enter")
    alsu.look("found").go("/programmes").look("all programmes").follow(FIRST_COME).look("programme")
    alsu.press("Take a seat").look("who are you")

    alsu.press("New here? Sign up").look("sign up")
    alsu.fill(name="Алсу Галимова", email=ADDRESS, password=PASSWORD, agreed=True).press("Sign up").look("look into your mail")
    alsu.open_letter(ADDRESS)
    alsu.look("confirm").press("Confirm the address").look("confirmed")
    alsu.fill(way_in=ADDRESS, password=PASSWORD).press("Sign in").look("what next")
    begin_to_learn(alsu, family="Галимова", given="Алсу", born_on=date(today().year - 19, 3, 8))
    alsu.look("where she was bound for").fill(funding="state").press("Take a seat").sees("The seat is yours.").look("a seat")
    alsu.press("Study", within=".bottom-nav").look("my study")
