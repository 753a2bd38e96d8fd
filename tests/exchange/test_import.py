from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.exchange.conftest import PEOPLE, SYSTEM, applied, apply_people, checked, names, rows_of, table, workbook
from tests.factories import actor_of, events_of, make_employer, make_school
from tests.pace import paced
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange import checking, policies, queries, services
from training.exchange.importers import importers
from training.exchange.models import ImportBatch, ImportRow
from training.exchange.workflow import State
from training.jobs.models import Job
from training.kernel import clock
from training.kernel.db import NotFound, Stale, db, writing
from training.kernel.policy import Learner, NotAllowed, NotNow, OrganisationKind, Role, Visitor

GOOD = [("Anna", "anna@import.example", "31.03.2010", "15.01.05"), ("Belov", "belov@import.example", "", "15.1.05")]


def counts(batch):
    db.session.rollback()
    return (batch.state, batch.staged, batch.ready, batch.bad, batch.same, batch.applied)


class Killed(BaseException):
    """What a worker is ended by."""


class TestCheck:
    def test_every_row_is_checked_and_nothing_is_saved(self, manager):
        batch = checked(manager, table(*GOOD, ("", "x", "31.02.2010", ""), ("Nobody", "nobody@import.example", "", "")))

        assert counts(batch) == (State.CHECKED, 4, 2, 2, 0, 0)
        assert names() == []
        assert rows_of(batch)[2:] == [
            (
                4,
                "bad",
                [
                    "Name is missing. Fill it in.",
                    "This is not an e-mail address. Write one such as name@example.org.",
                    "There is no day 31.02.2010. Correct the date.",
                ],
            ),
            (5, "bad", ["Nobody is nobody."]),
        ]
        row = list(queries.all_rows(batch))[2]
        assert [error["cell"] for error in row.errors or []] == ["A4", "B4", "C4"]
        assert row.cells == ["", "x", "31.02.2010", ""]
        assert row.values is None

    def test_workbooks_with_dates_for_codes(self, manager):
        heading = ["Почта", "ФИО", "Код специальности"]
        batch = checked(
            manager,
            workbook(
                ("ОС-26", [["Список"], heading, ["a@import.example", "Anna", clock.today().replace(2005, 1, 15)], ["Итого", None, 1]])
            ),
            "list.xlsx",
        )

        [row] = queries.all_rows(batch)
        assert row.values == {"name": "Anna", "email": "a@import.example", "code": "15.01.05"}
        assert batch.layout["sheets"]["0"]["letters"] == {"email": "A", "name": "B", "code": "C"}
        assert batch.layout["notes"] == [[0, "total", 4]]

    def test_a_later_row_of_the_same_key_is_bad_and_names_the_first(self, manager):
        batch = checked(manager, table(*GOOD, ("Anna again", " ANNA@import.example", "", "")))

        assert rows_of(batch)[2] == (4, "bad", ["Row 2 says the same. Keep one of the two."])
        assert batch.ready == 2

    def test_duplicates_across_sheets_name_the_sheet(self, manager):
        sheet = [["Name", "E-mail"], ["Anna", "anna@import.example"]]
        batch = checked(manager, workbook(("first", sheet), ("second", sheet)), "list.xlsx")

        assert [sentences for _number, _outcome, sentences in rows_of(batch)] == [
            [],
            ["Row 2 of the sheet “first” says the same. Keep one of the two."],
        ]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [(b"Name;Born\nAnna;", "missing: E-mail"), (b"x;y\n", "No row with the column headings"), (b"Name;E-mail\n\n", "no row under")],
    )
    def test_a_file_that_cannot_be_read_says_why(self, manager, content, sentence):
        batch = checked(manager, content)

        assert batch.state is State.FAILED
        assert sentence in batch.sentence
        assert events_of(batch) == ["import_batch.uploaded", "import_batch.failed"]

    def test_goes_on_where_it_stopped(self, manager, monkeypatch):
        monkeypatch.setattr(checking, "CHECKED_AT_ONCE", 3)
        content = table(*((f"P{number}", f"p{number}@import.example", "", "") for number in range(10)), ("P0", "p0@import.example", "", ""))
        batch = services.upload(manager, content, name="p.csv", kind="people")
        stage, calls = services.stage, []

        def cut(actor, batch, *, rows, after):
            calls.append(after)
            if len(calls) == 3:
                raise Killed
            stage(actor, batch, rows=rows, after=after)

        monkeypatch.setattr(services, "stage", cut)
        with pytest.raises(Killed):
            checking.check(batch.id)
        assert counts(batch)[:2] == (State.CHECKING, 6)
        checking.check(batch.id)

        assert calls == [0, 3, 6, 6, 9]
        assert counts(batch) == (State.CHECKED, 11, 10, 1, 0, 0)
        assert rows_of(batch)[10] == (12, "bad", ["Row 2 says the same. Keep one of the two."])

    def test_a_second_worker_is_stopped(self, manager):
        batch = services.upload(manager, table(*GOOD), name="p.csv", kind="people")
        services.check(SYSTEM, batch)

        with pytest.raises(Stale):
            services.stage(SYSTEM, batch, rows=[], after=5)

    def test_cancelled_while_checked_ends_the_check(self, manager):
        batch = services.upload(manager, table(*GOOD), name="p.csv", kind="people")
        services.cancel(manager, batch)
        checking.check(batch.id)

        assert counts(batch) == (State.CANCELLED, 0, 0, 0, 0, 0)


class TestApply:
    def test_takes_the_ready_rows(self, manager):
        batch = checked(manager, table(*GOOD, ("", "", "x", "")))
        applied(manager, batch)

        assert counts(batch) == (State.DONE, 3, 0, 1, 0, 2)
        assert names() == ["Anna", "Belov"]
        assert events_of(batch) == ["import_batch.uploaded", "import_batch.confirmed", "import_batch.finished"]

    def test_the_same_file_twice_changes_nothing(self, manager):
        applied(manager, checked(manager, table(*GOOD)))
        before = db.session.scalar(select(func.max(Account.id)))
        again = checked(manager, table(*GOOD))

        assert counts(again) == (State.CHECKED, 2, 0, 0, 2, 0)
        assert db.session.scalar(select(func.max(Account.id))) == before
        with pytest.raises(NotNow, match="No row is ready"):
            services.confirm(manager, again)

    def test_what_changed_since_the_check_is_seen(self, manager):
        first, second = checked(manager, table(*GOOD)), checked(manager, table(*GOOD))
        applied(manager, first)
        applied(manager, second)

        assert counts(second) == (State.DONE, 2, 0, 0, 2, 0)

    def test_goes_on_where_it_was_killed_and_doubles_nothing(self, manager, monkeypatch):
        monkeypatch.setattr(services, "APPLIED_AT_ONCE", 3)
        batch = checked(manager, table(*((f"P{number}", f"p{number}@import.example", "", "") for number in range(10))))
        services.confirm(manager, batch)
        calls = []

        def cut(actor, rows):
            apply_people(actor, rows)
            calls.append([row["name"] for row in rows])
            if len(calls) == 2:
                raise Killed

        monkeypatch.setitem(importers(), "people", replace(PEOPLE, apply=cut))
        with pytest.raises(Killed):
            checking.apply(batch.id)
        assert (counts(batch)[5], len(names())) == (3, 3)
        checking.apply(batch.id)

        assert calls[1] == calls[2]
        assert counts(batch) == (State.DONE, 10, 0, 0, 0, 10)
        assert names() == [f"P{number}" for number in range(10)]

    def test_rights_are_asked_again(self, manager):
        batch = checked(manager, table(*GOOD))
        services.confirm(manager, batch)
        with writing() as session:
            for membership in session.query(Membership).filter_by(account_id=manager.account_id):
                membership.ended_on = clock.today()
        checking.apply(batch.id)

        assert batch.state is State.FAILED
        assert names() == []

    def test_confirmed_once(self, manager):
        batch = checked(manager, table(*GOOD))
        services.confirm(manager, batch)

        with pytest.raises(NotNow):
            services.confirm(manager, batch)
        assert db.session.query(Job).filter_by(task="exchange.apply").count() == 1

    def test_a_thousand_rows_with_one_in_a_hundred_bad_all_named(self, manager):
        content = table(
            *((f"P{number}", f"p{number}@import.example" if number % 100 else "?", "31.03.2010", "15.01.05") for number in range(1000))
        )
        with paced() as taken:
            batch = checked(manager, content)
            applied(manager, batch)

        assert counts(batch) == (State.DONE, 1000, 0, 10, 0, 990)
        assert [number for number, outcome, _sentences in rows_of(batch) if outcome == "bad"] == [2 + 100 * number for number in range(10)]
        assert len(names()) == 990
        assert taken.floors < 100

        again = checked(manager, content)
        assert counts(again) == (State.CHECKED, 1000, 0, 10, 990, 0)


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.PLACEMENT_OFFICER])
    def test_others_of_the_organisation_neither_upload_nor_see(self, manager, school, role):
        batch = checked(manager, table(*GOOD))
        other = actor_of(school, role)

        assert not policies.can_import(other)
        with pytest.raises(NotAllowed):
            services.upload(other, table(*GOOD), name="p.csv", kind="people")
        with pytest.raises(NotFound):
            queries.of_slug(other, batch.slug)

    def test_other_organisations_see_nothing(self, manager):
        batch = checked(manager, table(*GOOD))
        for stranger in (actor_of(make_school(), Role.MANAGER), actor_of(make_employer(), Role.MANAGER), Learner(1, 1), Visitor()):
            with pytest.raises(NotFound):
                queries.of_slug(stranger, batch.slug)
            assert not policies.can_confirm(stranger, batch)
        assert manager.kind is OrganisationKind.SCHOOL

    def test_a_colleague_who_may_import_confirms(self, manager, school):
        batch = checked(manager, table(*GOOD))
        services.confirm(actor_of(school, Role.MANAGER), batch)

        assert batch.state is State.APPLYING

    def test_an_unknown_kind_is_refused(self, manager):
        with pytest.raises(NotAllowed):
            services.upload(manager, table(*GOOD), name="p.csv", kind="secrets")

    @pytest.mark.parametrize(
        ("content", "name"), [(b"%PDF-1.7", "a.csv"), (b"<html>", "a.xlsx"), (b"", "a.csv"), (b"PK\x03\x04junk", "a.xlsx")]
    )
    def test_what_is_no_table_is_refused_before_anything_is_written(self, manager, content, name):
        with pytest.raises(NotNow):
            services.upload(manager, content, name=name, kind="people")
        assert db.session.query(ImportBatch).count() == db.session.query(ImportRow).count() == 0
