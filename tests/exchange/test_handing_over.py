"""An import in progress is somebody's: it passes to a colleague, and work in the background goes on for them."""

from dataclasses import replace

import pytest

from tests.client import Browser
from tests.exchange.conftest import PEOPLE, SYSTEM, apply_people, check_people, checked, names, table
from tests.factories import acting, actor_of, events_of, make_account, make_member
from training.accounts.memberships import holdings, imports
from training.accounts.memberships import queries as memberships
from training.accounts.memberships import services as members
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange import checking, queries, services
from training.exchange.importers import importers, roles_for
from training.exchange.workflow import State
from training.jobs.models import Job, JobState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotNow, Role
from training.notices.models import Notification

ROWS = [(f"P{number}", f"p{number}@import.example", "", "") for number in range(6)]


def of(member) -> Membership:
    """The membership behind an actor, as its pages load it."""
    key = db.session.query(Membership.id).filter_by(account_id=member.account_id, organisation_id=member.organisation_id).scalar()
    return memberships.membership(SYSTEM, key)


def hand_over(giver, taker):
    return members.hand_over(giver, of(giver), passing={"import": of(taker)})


def leave(member):
    with writing() as session:
        for membership in session.query(Membership).filter_by(account_id=member.account_id):
            membership.ended_on = clock.today()


def parked():
    db.session.rollback()
    return db.session.query(Job).filter(Job.state == JobState.PARKED).count()


@pytest.fixture
def colleague(school):
    return actor_of(school, Role.MANAGER)


class TestHolding:
    def test_an_import_is_held_until_it_is_over(self, manager):
        batch = checked(manager, table(*ROWS))
        waiting = [(one.name, one.number) for one in holdings.of(of(manager).id)]
        services.confirm(manager, batch)
        checking.apply(batch.id)

        assert waiting == [("import", 1)]
        assert holdings.of(of(manager).id) == []

    def test_not_by_a_role_that_imports_nothing(self, school, manager):
        held = of(manager)
        officer = make_member(school, Role.PLACEMENT_OFFICER, account=held.account)
        checked(manager, table(*ROWS))

        assert [one.number for one in holdings.of(held.id)] == [1]
        assert holdings.of(officer.id) == []

    def test_not_while_another_role_of_the_same_person_lets_them_go_on(self, school, manager):
        held = of(manager)
        teacher = make_member(school, Role.TEACHER, account=held.account)
        services.upload(manager, "Код специальности;Специальность\n15.01.05;Сварщик\n".encode(), name="list.csv", kind="programmes")
        both = [holdings.of(key) for key in (held.id, teacher.id)]
        leave(manager)
        with writing() as session:
            session.get_one(Membership, teacher.id).ended_on = None

        assert both == [[], []]
        assert [one.number for one in holdings.of(teacher.id)] == [1]

    def test_leaving_asks_for_it_to_be_handed_over_first(self, manager, colleague):
        checked(manager, table(*ROWS))

        with pytest.raises(NotNow, match="Hand it over"):
            members.end(manager, of(manager))
        db.session.rollback()
        hand_over(manager, colleague)
        members.end(manager, of(manager))

    def test_the_roles_that_bring_lists_in_are_those_that_may_take_one_over(self, app):
        assert frozenset[Role]().union(*(roles_for(kind) for kind in importers())) == imports.IMPORTERS


class TestGoingOn:
    def test_whoever_takes_over_between_check_and_end_is_the_one_it_acts_for(self, manager, colleague, monkeypatch):
        acted = []

        def apply(actor, rows):
            acted.append(actor.account_id)
            apply_people(actor, rows)

        monkeypatch.setitem(importers(), "people", replace(PEOPLE, apply=apply))
        monkeypatch.setattr(services, "APPLIED_AT_ONCE", 3)
        batch = checked(manager, table(*ROWS))
        services.confirm(manager, batch)
        services.take(SYSTEM, batch)

        hand_over(manager, colleague)
        leave(manager)
        checking.apply(batch.id)

        assert (batch.state, batch.applied, len(names())) == (State.DONE, 6, 6)
        assert acted == [manager.account_id, colleague.account_id]
        assert events_of(batch)[2] == "import_batch.handed_over"
        told = db.session.query(Notification).filter_by(name="import_batch.finished").one()
        assert told.to_id == colleague.account_id

    def test_also_while_the_file_is_being_checked(self, manager, colleague, monkeypatch):
        asked = []

        def check(actor, rows):
            asked.append(actor.account_id)
            check_people(actor, rows)
            if len(asked) == 1:
                hand_over(manager, colleague)
                leave(manager)

        monkeypatch.setattr(checking, "CHECKED_AT_ONCE", 3)
        monkeypatch.setitem(importers(), "people", replace(PEOPLE, check=check))
        batch = checked(manager, table(*ROWS))

        assert (batch.state, batch.staged, batch.holder_id, batch.account_id) == (
            State.CHECKED,
            6,
            colleague.account_id,
            manager.account_id,
        )
        assert asked == [manager.account_id, colleague.account_id]

    def test_a_colleague_who_confirms_goes_on_with_it(self, manager, colleague):
        batch = checked(manager, table(*ROWS))
        leave(manager)
        services.confirm(colleague, batch)
        checking.apply(batch.id)

        assert (batch.state, batch.holder_id) == (State.DONE, colleague.account_id)

    def test_one_who_may_not_import_such_lists_cannot_take_it(self, school, manager):
        checked(manager, table(*ROWS))
        teacher = actor_of(school, Role.TEACHER)

        with pytest.raises(NotNow, match="may not import such a list: People"):
            hand_over(manager, teacher)


class TestLostAccess:
    def test_while_it_is_checked_the_import_ends_with_a_sentence_and_no_job_fails(self, manager):
        batch = services.upload(manager, table(*ROWS), name="people.csv", kind="people")
        leave(manager)
        run_due()

        db.session.refresh(batch)
        assert batch.state is State.FAILED
        assert "may not import such lists any more. A colleague who may uploads the file again" in (batch.sentence or "")
        assert parked() == 0

    @pytest.mark.parametrize("how", ["role", "blocked"])
    def test_while_it_is_imported_what_is_there_stays_and_is_counted(self, manager, monkeypatch, how):
        monkeypatch.setattr(services, "APPLIED_AT_ONCE", 4)
        batch = checked(manager, table(*ROWS))
        services.confirm(manager, batch)
        services.take(SYSTEM, batch)
        with writing() as session:
            if how == "role":
                session.query(Membership).filter_by(account_id=manager.account_id).one().role = Role.PLACEMENT_OFFICER
            else:
                session.get_one(Account, manager.account_id).blocked_at = clock.now()
        run_due()

        db.session.refresh(batch)
        assert (batch.state, batch.applied, len(names())) == (State.FAILED, 4, 4)
        assert "4 rows had been imported." in (batch.sentence or "")
        assert parked() == 0


class TestPages:
    def test_a_manager_hands_an_import_over_and_its_page_says_with_whom_it_is(self, app, school, manager):
        batch = checked(manager, table(*ROWS))
        taker = make_member(school, Role.MANAGER, account=make_account(name="Yana Yusupova"))
        here = f"/o/{school.slug}/people/{of(manager).id}"
        browser = Browser(app).sign_in(db.session.get_one(Account, manager.account_id))

        page = browser.get(f"{here}/hand-over")
        sent = browser.post(f"{here}/hand-over", page.form() | {"import": str(taker.id)})

        assert "Imports in progress: 1" in page.words
        assert f"/o/{school.slug}/imports/{batch.slug}" in page.text
        assert "people.csv" in page.words
        assert "1 record is with Yana Yusupova now." in browser.get(sent.location).words
        assert "answers for it: Yana Yusupova" in browser.get(f"/o/{school.slug}/imports/{batch.slug}").words

    def test_as_many_statements_for_twenty_imports_as_for_two(self, app, school, manager, statements):
        browser = Browser(app).sign_in(db.session.get_one(Account, manager.account_id))
        here = f"/o/{school.slug}/people/{of(manager).id}/hand-over"
        counted = []
        for number in (2, 18):
            for _ in range(number):
                checked(manager, table(*ROWS[:1]))
            db.session.expunge_all()
            with statements() as sent:
                assert browser.get(here).status == 200
            counted.append(len(sent))

        assert counted[0] == counted[1]


def test_the_worker_holds_the_import_while_it_asks_for_whom_it_acts(manager):
    batch = queries.of_id(SYSTEM, checked(manager, table(*ROWS)).id)

    assert services.holder(SYSTEM, batch).account_id == acting(of(manager)).account_id
