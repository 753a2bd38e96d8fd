"""Pages of cohorts."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment, make_version
from tests.factories import make_member, make_school, make_trainee
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role


def signed_in(client, school, *roles):
    client.sign_in(make_member(school, *roles).account)
    return f"/o/{school.slug}"


def school_of(cohort):
    return cohort.programme_version.programme.school


@pytest.fixture
def statements(app):
    """Counts what the database is asked within the block."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


class TestPlan:
    def test_a_manager_plans_and_opens_a_cohort(self, client):
        version = make_version()
        here = signed_in(client, version.programme.school, Role.MANAGER)
        today = clock.today("Europe/Samara")

        page = client.submit(
            f"{here}/programmes/{version.id}/cohorts/new",
            code="СВ-26",
            study_form="full_time",
            entry_base="basic",
            opens_on=str(today),
            closes_on=str(today + timedelta(days=5)),
            starts_on=str(today + timedelta(days=9)),
            ends_on=str(today + timedelta(days=99)),
            state="20",
            paid="5",
            follow=True,
        )
        cohort = db.session.query(Cohort).one()
        opened = client.press(f"{here}/cohorts/{cohort.id}/open", page=f"{here}/cohorts/{cohort.id}")

        assert "25 seats" in page.words
        assert opened.status == 302
        assert "Open" in client.get(f"{here}/cohorts/{cohort.id}").words

    def test_wrong_days_are_said(self, client):
        version = make_version()
        here = signed_in(client, version.programme.school, Role.MANAGER)

        page = client.submit(
            f"{here}/programmes/{version.id}/cohorts/new",
            code="X",
            opens_on="2027-09-01",
            closes_on="2027-08-01",
            starts_on="2027-10-01",
            ends_on="2027-09-01",
            state="1",
        )

        assert page.status == 409
        assert "Applications cannot close before they open." in page.words

    def test_a_teacher_does_not_plan(self, client):
        version = make_version()
        here = signed_in(client, version.programme.school, Role.TEACHER)

        assert client.get(f"{here}/programmes/{version.id}/cohorts/new").status == 403


class TestShow:
    def test_tells_seats_roster_held_seats_and_queue(self, client):
        cohort = make_cohort(seats=3)
        names = {}
        for state in (EnrolmentState.ENROLLED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED):
            names[state] = make_trainee()
            make_enrolment(cohort, names[state], state=state)
        here = signed_in(client, school_of(cohort), Role.TEACHER)

        page = client.get(f"{here}/cohorts/{cohort.id}")

        assert "3 seats: 1 taken, 1 held, 1 free. 1 person waits." in page.words
        assert all(trainee.name in page.words for trainee in names.values())

    def test_asks_as_much_for_forty_people_as_for_two(self, client, statements):
        cohort = make_cohort(seats=50)
        here = signed_in(client, school_of(cohort), Role.MANAGER)
        for state in (EnrolmentState.ENROLLED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED):
            make_enrolment(cohort, state=state)
        statements.clear()
        client.get(f"{here}/cohorts/{cohort.id}")
        few = len(statements)
        for number in range(38):
            make_enrolment(cohort, state=EnrolmentState.ENROLLED if number % 2 else EnrolmentState.WAITLISTED)
        statements.clear()
        client.get(f"{here}/cohorts/{cohort.id}")

        assert len(statements) == few

    def test_every_page_opens_and_every_verb_works(self, client):
        cohort = make_cohort(state=State.PLANNED)
        here = signed_in(client, school_of(cohort), Role.MANAGER)
        one = f"{here}/cohorts/{cohort.id}"

        assert client.submit(f"{one}/edit").status == 302
        assert client.submit(f"{one}/seats", state="30").status == 302
        for verb in ("open", "close", "start", "complete"):
            assert client.press(f"{one}/{verb}", page=one).status == 302
        assert "Completed" in client.get(one).words

    def test_cancelling_needs_a_reason(self, client):
        cohort = make_cohort()
        here = signed_in(client, school_of(cohort), Role.MANAGER)

        without = client.submit(f"{here}/cohorts/{cohort.id}/cancel", reason="")
        done = client.submit(f"{here}/cohorts/{cohort.id}/cancel", reason="Too few people", follow=True)

        assert "Fill this in." in without.words
        assert "Cancelled" in done.words

    def test_of_another_school_looks_like_nothing(self, client):
        cohort = make_cohort(state=State.CANCELLED)
        here = signed_in(client, make_school(), Role.MANAGER)

        assert client.get(f"{here}/cohorts/{cohort.id}").status == 404


class TestList:
    def test_shows_ones_own(self, client):
        cohort, other = make_cohort(code="СВ-26"), make_cohort(code="Foreign")
        here = signed_in(client, school_of(cohort), Role.TEACHER)

        page = client.get(f"{here}/cohorts?q=св&state=open")

        assert "СВ-26" in page.words
        assert other.code not in page.words

    def test_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        version = make_version()
        here = signed_in(client, version.programme.school, Role.MANAGER)
        for _ in range(2):
            make_cohort(version)
        statements.clear()
        client.get(f"{here}/cohorts")
        few = len(statements)
        for _ in range(38):
            make_cohort(version)
        statements.clear()

        assert "40 cohorts" in client.get(f"{here}/cohorts").words
        assert len(statements) == few
