"""Headings that were not recognised are tied by hand, and remembered for the next file."""

import pytest

from tests.exchange.conftest import checked, workbook
from tests.factories import actor_of, events_of, make_school
from training.accounts.models import Account
from training.exchange import checking, policies, queries, services
from training.exchange.models import HeadingTie, ImportRow
from training.exchange.workflow import Event, State
from training.kernel.db import NotFound, db
from training.kernel.policy import NotNow, Role

OWN = "Кто;Почта;Номер\nАнна;anna@import.example;1\nБелов;belov@import.example;2\n".encode()


@pytest.fixture
def page(client, school, manager):
    return client.sign_in(db.session.get(Account, manager.account_id))


def values(batch):
    return [row.values for row in queries.all_rows(batch)]


def tied(manager, content=OWN, **columns):
    batch = checked(manager, content)
    services.tie(manager, batch, columns=columns or {"Кто": "name"})
    checking.check(batch.id)
    return batch


def test_a_file_that_lacks_a_column_is_read_once_its_heading_is_tied(manager):
    batch = checked(manager, OWN)
    assert (batch.state, batch.unread, batch.names) == (State.FAILED, ["Кто", "Номер"], ["email"])

    services.tie(manager, batch, columns={"Кто": "name"})
    checking.check(batch.id)

    assert (batch.state, batch.staged, batch.ready, batch.sentence) == (State.CHECKED, 2, 2, None)
    assert values(batch)[0] == {"name": "Анна", "email": "anna@import.example"}
    assert Event.TIED in events_of(batch)


def test_the_next_file_of_the_organisation_is_read_by_it_and_no_other_s(manager, school):
    tied(manager)

    again, elsewhere = checked(manager, OWN, "next.csv"), checked(actor_of(make_school(), Role.MANAGER), OWN)

    assert (again.state, again.ready) == (State.CHECKED, 2)
    assert elsewhere.state is State.FAILED


def test_workbooks_whose_headings_are_all_unknown_can_be_tied_too(manager):
    content = workbook(("Лист", [["Список"], ["Кто", "Куда писать", "Номер"], ["Анна", "anna@import.example", "1"]]))
    batch = checked(manager, content, "own.xlsx")
    assert (batch.state, batch.unread) == (State.FAILED, ["Кто", "Куда писать", "Номер"])

    services.tie(manager, batch, columns={"Кто": "name", "Куда писать": "email"})
    checking.check(batch.id)

    assert (batch.state, batch.ready) == (State.CHECKED, 1)


def test_a_checked_file_is_checked_again_and_no_row_stands_twice(manager):
    batch = checked(manager, b"Name;E-mail;Day\nAnna;anna@import.example;31.02.2010\n")
    assert (batch.ready, batch.unread) == (1, ["Day"])

    services.tie(manager, batch, columns={"Day": "born"})
    checking.check(batch.id)

    assert (batch.ready, batch.bad) == (0, 1)
    assert db.session.query(ImportRow).filter_by(batch_id=batch.id).count() == 1


def test_a_column_s_own_heading_goes_before_a_tie(manager):
    tied(manager)

    both = checked(manager, "Кто;Почта;ФИО\nне имя;anna@import.example;Анна\n".encode())

    assert values(both)[0]["name"] == "Анна"
    assert both.unread == ["Кто"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, "at least one"),
        ({"Кто": "name", "Номер": "name"}, "cannot mean the same"),
        ({"Кто": "email"}, "in the meantime"),
        ({"Кто": "organisation_id"}, "in the meantime"),
        ({"Другое": "name"}, "in the meantime"),
    ],
)
def test_what_cannot_be_tied_is_said(manager, columns, sentence):
    batch = checked(manager, OWN)

    with pytest.raises(NotNow, match=sentence):
        services.tie(manager, batch, columns=columns)
    assert db.session.query(HeadingTie).count() == 0


def test_nothing_is_read_again_once_rows_are_imported(manager):
    batch = tied(manager)
    services.confirm(manager, batch)
    checking.apply(batch.id)

    assert "imported already" in str(policies.why_not_tie(batch)[0])
    with pytest.raises(NotNow):
        services.tie(manager, batch, columns={"Номер": "code"})


def test_forgotten_the_next_file_is_read_without_it(manager):
    batch = tied(manager)
    [one] = queries.ties(batch)

    services.untie(manager, one, batch=batch)

    assert checked(manager, OWN).state is State.FAILED
    assert Event.UNTIED in events_of(batch)


def test_other_organisations_neither_see_nor_forget(manager):
    batch = tied(manager)
    [one] = queries.ties(batch)
    stranger = actor_of(make_school(), Role.MANAGER)

    assert not policies.can_untie(stranger, one)
    with pytest.raises(NotFound):
        queries.tie_of(stranger, batch.slug, one.id)


def test_by_hand_on_the_pages(page, school, manager):
    batch = checked(manager, OWN)
    address = f"/o/{school.slug}/imports/{batch.slug}"
    assert "Say what its headings mean" in page.get(address).words

    assert "Choose what at least one heading means." in page.submit(f"{address}/tie").words
    page.submit(f"{address}/tie", heading_0="name")
    checking.check(batch.id)

    shown = page.get(address)
    assert "2 rows are ready" in shown.words
    assert "“Кто” is read as Name" in shown.words
    [one] = queries.ties(batch)
    page.press(f"{address}/ties/{one.id}/untie", page=address)
    assert "Headings tied by hand" not in page.get(address).words
