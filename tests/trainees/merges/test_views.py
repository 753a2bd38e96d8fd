"""The managers' pages of duplicates."""

import pytest

from tests.client import Browser
from tests.factories import make_account, make_member, make_school
from tests.trainees.merges.making import on_the_list
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.profiles.models import Trainee


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def two(school):
    return on_the_list(school), on_the_list(school, "Orlowa", email="own@e.org", account=make_account())


@pytest.fixture
def desk(client, school):
    """The manager's browser, and the address of the list."""
    return client.sign_in(make_member(school, Role.MANAGER).account), f"/o/{school.slug}/trainees/duplicates"


def of(url: str, two) -> str:
    return f"{url}/{two[0].id}/{two[1].id}"


def test_the_list_of_nobody(desk):
    browser, url = desk

    assert "No duplicates found" in browser.get(url).words


def test_a_pair_is_found_looked_at_merged_and_given_back(desk, school, two):
    browser, url = desk
    assert "the names are alike" in browser.get(url).words
    assert "differs" in browser.get(of(url, two)).words

    done = browser.submit(f"{of(url, two)}/merge", keep=str(two[0].id))
    assert done.location == of(url, two)
    page = browser.get(of(url, two)).words
    assert "its address leads to this one" in page
    card = browser.get(f"/o/{school.slug}/trainees/{two[1].id}").words
    assert "Another record of the same person merged into this one" in card

    assert browser.submit(f"{of(url, two)}/undo").location == of(url, two)
    assert db.session.get_one(Trainee, two[1].id, populate_existing=True).account_id is not None


def test_a_choice_is_needed_and_a_refusal_stands_on_the_form(desk, two):
    browser, url = desk
    assert "Fill this in." in browser.submit(f"{of(url, two)}/merge").words

    own = on_the_list(None, "Petrov")
    assert browser.get(f"{url}/{two[0].id}/{own.id}").status == 404


def test_two_people_are_not_shown_again(desk, two):
    browser, url = desk

    browser.press(f"{of(url, two)}/tell-apart", page=of(url, two))
    assert "No duplicates found" in browser.get(url).words
    assert "Two people" in browser.get(of(url, two)).words

    browser.press(f"{of(url, two)}/reconsider", page=of(url, two))
    assert "To be looked at" in browser.get(of(url, two)).words


def test_others_find_nothing(app, school, two):
    url = of(f"/o/{school.slug}/trainees/duplicates", two)
    teacher = Browser(app).sign_in(make_member(school, Role.TEACHER).account)
    other = make_school()
    stranger = Browser(app).sign_in(make_member(other, Role.MANAGER).account)

    assert teacher.get(url).status == 404
    assert stranger.get(of(f"/o/{other.slug}/trainees/duplicates", two)).status == 404


@pytest.mark.parametrize("page", ["", "/merge"])
def test_the_pages_of_a_pair_take_a_fixed_number_of_statements(desk, school, two, statements, page):
    browser, url = desk
    browser.get(of(url, two) + page)
    with statements() as few:
        browser.get(of(url, two) + page)
    for number in range(20):
        on_the_list(school, f"Orlova{chr(97 + number)}")
    with statements() as many:
        browser.get(of(url, two) + page)

    assert len(many) == len(few)
