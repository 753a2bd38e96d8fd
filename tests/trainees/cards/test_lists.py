"""A school's list of sheets of login cards: searched, narrowed, ordered, taken away."""

import pytest
from sqlalchemy import update

from tests.factories import acting, make_member, make_school
from tests.listed import file_of
from tests.trainees.cards.test_cards import make_roster_trainee
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role
from training.organisations.models import Organisation
from training.trainees.cards import services
from training.trainees.cards.models import CardSheet, LoginCard


def give(school, teacher, *people):
    sheet = services.give(
        acting(teacher), db.session.get_one(Organisation, school.id), trainee_ids=[one.id for one in people], language="en"
    )
    return sheet.id


@pytest.fixture
def desk(client):
    """A teacher's browser, the list, and two sheets: one used and removed, a newer one of a colleague with two cards."""
    school = make_school()
    teacher, colleague = make_member(school, Role.TEACHER), make_member(school, Role.MANAGER)
    elsewhere = make_school()
    give(elsewhere, make_member(elsewhere, Role.TEACHER), make_roster_trainee(elsewhere))
    used = give(school, teacher, make_roster_trainee(school))
    db.session.execute(update(LoginCard).where(LoginCard.sheet_id == used).values(used_at=clock.now()))
    db.session.execute(update(CardSheet).where(CardSheet.id == used).values(printed_at=clock.now(), removed_at=clock.now()))
    two = [make_roster_trainee(school, family_name=name) for name in ("Титова", "Ершова")]
    waits = give(school, colleague, *two)
    db.session.commit()
    return client.sign_in(teacher.account), f"/o/{school.slug}/trainees/cards", used, waits, (school, teacher, colleague)


def sheets(page):
    return [int(link.get("href").rpartition("/")[2]) for link in page.all("a") if link.get("class") == "fw-semibold"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "waits used"),
        ("?sort=made", "used waits"),
        ("?q=титова", "waits"),
        ("?q=нина+орлова", "used"),
        ("?q=титова+орлова", ""),
        ("?unused=yes", "waits"),
        ("?unused=no", "used"),
        ("?document=no", "waits used"),
        ("?document=yes", ""),
    ],
)
def test_is_searched_narrowed_and_ordered(desk, query, found):
    browser, url, used, waits, _people = desk

    assert sheets(browser.get(f"{url}{query}")) == [{"used": used, "waits": waits}[name] for name in found.split()]


def test_is_narrowed_to_whoever_made_them(desk):
    browser, url, used, _waits, (_school, teacher, _colleague) = desk

    assert sheets(browser.get(f"{url}?by={teacher.account_id}")) == [used]


def test_its_file_holds_numbers_and_no_names_of_trainees(desk):
    browser, url, _used, _waits, (_school, teacher, colleague) = desk

    rows = file_of(browser, f"{url}?sort=made")

    assert rows[0] == ["Made", "Made by", "Cards", "Cards used"]
    assert [row[1:] for row in rows[1:]] == [[teacher.account.name, "1", "1"], [colleague.account.name, "2", "0"]]


def test_asks_as_often_for_many_as_for_two(desk, statements):
    browser, url, _used, _waits, (school, teacher, _colleague) = desk
    with statements() as few:
        browser.get(url)
    for number in range(20):
        give(school, teacher, make_roster_trainee(school, family_name=f"Орлова {number}"))
    with statements() as many:
        browser.get(url)

    assert len(many) == len(few)
