"""The list of people without an account: searched, narrowed, ordered, kept, taken away."""

import pytest

from tests.factories import make_member, make_school
from tests.listed import file_of, heads
from tests.trainees.claims.test_services import on_the_roster
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.profiles.models import Trainee


@pytest.fixture
def desk(client):
    """The manager's browser and the list: one invited, one who can be, one without an address."""
    school = make_school()
    browser, url = client.sign_in(make_member(school, Role.MANAGER).account), f"/o/{school.slug}/trainees/claims"
    nina = on_the_roster(school)
    browser.press(f"/o/{school.slug}/trainees/{nina.id}/invite", page=url)
    in_group(on_the_roster(school, "Titova", "alisa@example.org"), "АЗ-25-11")
    in_group(on_the_roster(school, "Gordeeva", None), "ПМ-24")
    on_the_roster(make_school(), "Stranger", "stranger@example.org")
    return browser, url


def in_group(trainee: Trainee, group: str) -> None:
    db.session.get_one(Trainee, trainee.id).group_code = group
    db.session.commit()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Gordeeva", "Orlova", "Titova"]),
        ("?sort=-name", ["Titova", "Orlova", "Gordeeva"]),
        ("?sort=group", ["Titova", "Gordeeva", "Orlova"]),
        ("?q=титова", []),
        ("?q=TITO", ["Titova"]),
        ("?invitation=ready", ["Titova"]),
        ("?invitation=invited", ["Orlova"]),
        ("?invitation=unreachable", ["Gordeeva"]),
        ("?invitation=ready&invitation=invited", ["Orlova", "Titova"]),
        ("?group=ПМ-24", ["Gordeeva"]),
        ("?invitation=nonsense", ["Gordeeva", "Orlova", "Titova"]),
    ],
)
def test_is_searched_narrowed_and_ordered(desk, query, found):
    browser, url = desk

    assert [name.split()[0] for name in heads(browser.get(f"{url}{query}"))] == found


def test_its_file_holds_what_the_page_shows(desk):
    browser, url = desk

    rows = file_of(browser, f"{url}?invitation=invited&invitation=unreachable")

    assert rows[0] == ["Name", "Group", "E-mail", "Invitation", "Invitation until"]
    assert [row[:4] for row in rows[1:]] == [
        ["Gordeeva Nina", "ПМ-24", "", ""],
        ["Orlova Nina", "", "nina@example.org", "Waiting for an answer"],
    ]
