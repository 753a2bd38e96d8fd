"""Whoever starts an import can leave it: they are told when it has been checked, and when it is over."""

import pytest

from tests.exchange.conftest import applied, checked, table
from tests.factories import actor_of
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange import checking
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Member, Role
from training.notices import queries as notices
from training.notices import texts

ROWS = [("Anna", "anna@import.example", "31.03.2010", "15.01.05"), ("Belov", "belov@import.example", "", "15.1.05")]
BAD = ("Nobody", "nobody@import.example", "", "")


@pytest.fixture
def inbox(app):
    """The lines that a member reads in the product, newest first."""

    def read(member: Member) -> list[texts.Line]:
        db.session.rollback()
        with app.test_request_context():
            return texts.lines(member, notices.inbox(member))

    return read


@pytest.fixture
def letters(mailbox):
    """The letters that a member gets, newest first."""
    return lambda member: mailbox(db.session.get_one(Account, member.account_id).email)


def test_when_the_file_is_checked(manager, school, inbox, letters):
    batch = checked(manager, table(*ROWS, BAD))

    [line], [letter] = inbox(manager), letters(manager)
    assert (line.words, line.url) == ("people.csv is checked: 2 rows are ready", f"/o/{school.slug}/imports/{batch.slug}")
    assert letter.links == [f"http://localhost{line.url}", "http://localhost"]
    assert "1 row needs you: the page says what to correct." in letter.text
    assert "Nothing is saved until you confirm." in letter.text


def test_when_it_is_imported_with_the_figures_of_each_time(manager, inbox, letters):
    batch = checked(manager, table(*ROWS))
    applied(manager, batch)

    assert [line.words for line in inbox(manager)] == ["2 rows of people.csv are imported", "people.csv is checked: 2 rows are ready"]
    assert all("until you confirm" not in letter.text for letter in letters(manager))


def test_when_it_cannot_be_read_and_why(manager, inbox, letters):
    batch = checked(manager, b"x;y\r\n1;2\r\n")

    [line], [letter] = inbox(manager), letters(manager)
    assert line.words == "people.csv could not be imported"
    assert (batch.sentence or "?") in " ".join(letter.text.split())


def test_once_however_often_the_worker_begins_again(manager, inbox):
    batch = checked(manager, table(*ROWS))
    checking.check(batch.id)
    applied(manager, batch)
    checking.apply(batch.id)

    assert len(inbox(manager)) == 2


def test_nobody_else_and_not_after_leaving_the_school(manager, school, inbox, letters):
    other = actor_of(school, Role.MANAGER)
    checked(manager, table(*ROWS))
    membership = db.session.query(Membership).filter_by(account_id=manager.account_id).one()
    membership.ended_on = clock.today()
    db.session.commit()

    assert inbox(other) == []
    assert letters(manager) == []
