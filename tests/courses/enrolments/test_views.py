"""Pages of enrolments: the trainee's and the school's."""

import pytest
from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment, make_version, pool_of
from tests.factories import make_account, make_member, make_school, make_trainee
from training.courses.cohorts.workflow import Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role


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


class TestApply:
    def test_a_seat_that_is_free_is_taken_at_once(self, client):
        cohort, trainee = make_cohort(seats=25), make_trainee()
        client.sign_in(trainee.account)

        before = client.get(f"/me/cohorts/{cohort.id}/apply")
        page = client.submit(f"/me/cohorts/{cohort.id}/apply", follow=True)

        assert "25 seats are free now." in before.words
        assert "State budget: 25 of 25 seats free" in before.words
        assert "The seat is yours." in page.words
        assert "Enrolled" in page.words

    def test_the_rank_is_said_before_and_after(self, client):
        cohort, trainee = make_cohort(seats=1), make_trainee()
        make_enrolment(cohort)
        make_enrolment(cohort, state=State.WAITLISTED)
        client.sign_in(trainee.account)

        before = client.get(f"/me/cohorts/{cohort.id}/apply")
        page = client.submit(f"/me/cohorts/{cohort.id}/apply", follow=True)

        assert "you would be number 2 in the queue" in before.words
        assert "You are number 2 in the queue." in page.words

    def test_kinds_of_seats_are_chosen(self, client):
        cohort, trainee = make_cohort(seats={Funding.STATE: 1, Funding.PAID: 1}), make_trainee()
        client.sign_in(trainee.account)

        without = client.submit(f"/me/cohorts/{cohort.id}/apply")
        client.submit(f"/me/cohorts/{cohort.id}/apply", funding="paid")

        assert "Choose at least one kind of seat." in without.words
        assert (pool_of(cohort).held, pool_of(cohort, Funding.PAID).held) == (0, 1)

    def test_the_same_form_sent_twenty_times_takes_one_seat(self, client):
        cohort, trainee = make_cohort(), make_trainee()
        client.sign_in(trainee.account)
        url = f"/me/cohorts/{cohort.id}/apply"
        filled = client.get(url).form()

        answers = [client.post(url, filled) for _ in range(20)]

        assert {answer.status for answer in answers} == {302}
        assert len({answer.location for answer in answers}) == 1
        assert pool_of(cohort).held == 1

    def test_a_closed_cohort_says_so(self, client):
        cohort, trainee = make_cohort(state=CohortState.CLOSED), make_trainee()
        client.sign_in(trainee.account)

        assert "Applications for this cohort are not open." in client.get(f"/me/cohorts/{cohort.id}/apply").words

    def test_whoever_has_applied_is_led_there(self, client):
        cohort, trainee = make_cohort(), make_trainee()
        make_enrolment(cohort, trainee)
        client.sign_in(trainee.account)

        assert "You have applied for this cohort already." in client.get(f"/me/cohorts/{cohort.id}/apply").words

    def test_a_visitor_signs_in_first(self, client):
        cohort = make_cohort()

        assert "/sign-in" in client.get(f"/me/cohorts/{cohort.id}/apply").location

    def test_somebody_without_a_profile_comes_nowhere(self, client):
        client.sign_in(make_account())

        assert client.get(f"/me/cohorts/{make_cohort().id}/apply").status in (302, 404)


class TestMine:
    def test_shows_where_each_stands_and_takes_a_held_seat(self, client):
        trainee = make_trainee()
        offered = make_enrolment(trainee=trainee, state=State.OFFERED)
        client.sign_in(trainee.account)

        page = client.get("/me/study")
        done = client.press(f"/me/study/{offered.id}/claim", page="/me/study")

        assert "A seat is held for you until" in page.words
        assert done.status == 302
        assert "Enrolled" in client.get(f"/me/study/{offered.id}").words

    def test_declining_and_leaving_ask_first(self, client):
        trainee = make_trainee()
        offered, enrolled = make_enrolment(trainee=trainee, state=State.OFFERED), make_enrolment(trainee=trainee)
        client.sign_in(trainee.account)

        assert client.submit(f"/me/study/{offered.id}/decline").status == 302
        assert client.submit(f"/me/study/{enrolled.id}/withdraw", because="work").status == 302
        assert client.get("/me/study").words.count("Withdrawn") >= 2

    def test_somebody_elses_looks_like_nothing(self, client):
        enrolment = make_enrolment()
        client.sign_in(make_trainee().account)

        assert client.get(f"/me/study/{enrolment.id}").words == client.get("/me/study/999999").words

    def test_an_empty_list_says_what_to_do(self, client):
        client.sign_in(make_trainee().account)

        assert "Find a programme and take a seat" in client.get("/me/study").words

    def test_asks_as_much_for_many_as_for_two(self, client, statements):
        trainee, version = make_trainee(), make_version()
        client.sign_in(trainee.account)
        for _ in range(2):
            make_enrolment(make_cohort(version), trainee, state=State.WAITLISTED)
        statements.clear()
        client.get("/me/study")
        few = len(statements)
        for _ in range(38):
            make_enrolment(make_cohort(version), trainee, state=State.WAITLISTED)
        statements.clear()
        client.get("/me/study")

        assert len(statements) == few


class TestSchool:
    def test_every_verb_has_its_page(self, client):
        cohort = make_cohort()
        client.sign_in(make_member(school_of(cohort), Role.MANAGER).account)
        here = f"/o/{school_of(cohort).slug}/enrolments"
        waits, enrolled, other = make_enrolment(cohort, state=State.WAITLISTED), make_enrolment(cohort), make_enrolment(cohort)

        assert client.submit(f"{here}/{waits.id}/refuse", reason="Not after 9th grade").status == 302
        assert client.submit(f"{here}/{enrolled.id}/leave", reason="Army service").status == 302
        assert client.press(f"{here}/{enrolled.id}/back", page=f"{here}/{enrolled.id}").status == 302
        assert client.submit(f"{here}/{other.id}/expel", reason="Absence").status == 302
        assert "Absence" in client.get(f"{here}/{other.id}").words

    def test_a_teacher_says_who_has_completed(self, client):
        cohort = make_cohort(state=CohortState.RUNNING)
        one, _two = make_enrolment(cohort), make_enrolment(cohort)
        client.sign_in(make_member(school_of(cohort), Role.TEACHER).account)
        here = f"/o/{school_of(cohort).slug}"

        client.press(f"{here}/enrolments/{one.id}/complete", page=f"{here}/enrolments/{one.id}")
        client.press(f"{here}/cohorts/{cohort.id}/complete-all", page=f"{here}/cohorts/{cohort.id}")

        db.session.rollback()
        db.session.expire_all()
        assert {row.state for row in db.session.query(Enrolment)} == {State.COMPLETED}

    def test_an_early_completion_is_refused_with_a_sentence(self, client):
        enrolment = make_enrolment()
        school = school_of(enrolment.cohort)
        client.sign_in(make_member(school, Role.MANAGER).account)
        here = f"/o/{school.slug}/enrolments/{enrolment.id}"

        page = client.post(f"{here}/complete", client.token(f"{here}/expel"))

        assert (page.status, "Training has not begun yet." in page.words) == (409, True)

    def test_another_school_finds_nothing(self, client):
        enrolment, school = make_enrolment(), make_school()
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert client.get(f"/o/{school.slug}/enrolments/{enrolment.id}").status == 404
