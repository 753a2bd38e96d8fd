"""Pages of proposals to issue credentials."""

from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment
from tests.factories import make_member, make_school
from training.courses.awards import services
from training.courses.awards.models import Award
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials.models import Credential
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel.db import db
from training.kernel.policy import Role


def school_of(people=1):
    """A cohort of which some have completed, its school's teacher and manager as members."""
    cohort = make_cohort(state=CohortState.COMPLETED, seats=max(people, 20))
    done = [make_enrolment(cohort, state=EnrolmentState.COMPLETED) for _ in range(people)]
    school = cohort.programme_version.programme.school
    return cohort, done, school, make_member(school, Role.TEACHER).account, make_member(school, Role.MANAGER).account


def test_a_teacher_proposes_and_a_manager_confirms(client):
    cohort, [one], school, teacher, manager = school_of()
    here = f"/o/{school.slug}"
    client.sign_in(teacher)

    assert client.press(f"{here}/enrolments/{one.id}/credential", page=f"{here}/enrolments/{one.id}").status == 302
    award = db.session.query(Award).one()
    page = client.get(f"{here}/credential-proposals/{award.id}")
    assert "Confirm and issue" not in page.words
    assert "Take it back" in page.words
    client.sign_in(manager)
    address = f"{here}/credential-proposals/{award.id}"
    confirmed = client.press(f"{address}/confirm", page=address)

    assert confirmed.status == 302
    assert db.session.query(Credential).one().number in client.get(address).words
    assert "Credential" in client.get(f"{here}/cohorts/{cohort.id}").words


def test_a_cohort_offers_to_propose_while_somebody_has_completed_and_has_none(client):
    cohort, _done, school, teacher, _manager = school_of(2)
    client.sign_in(teacher)
    page = f"/o/{school.slug}/cohorts/{cohort.id}"

    assert "Propose credentials" in client.get(page).words
    client.press(f"{page}/credentials", page=page)

    assert "Propose credentials" not in client.get(page).words


def test_a_whole_cohort_shows_how_far_it_is(client):
    cohort, _done, school, teacher, manager = school_of(services.AT_ONCE + 1)
    here = f"/o/{school.slug}"
    client.sign_in(teacher)
    client.press(f"{here}/cohorts/{cohort.id}/credentials", page=f"{here}/cohorts/{cohort.id}")
    award = db.session.query(Award).one()
    client.sign_in(manager)
    address = f"{here}/credential-proposals/{award.id}"

    client.press(f"{address}/confirm", page=address)

    assert "0 of 6 credentials issued" in client.get(address).words
    assert "0 of 6" in client.get(f"{address}/progress", headers={"HX-Request": "true"}).words


def test_a_manager_turns_down_with_a_reason_and_the_cohort_says_what_waits(client):
    cohort, [one], school, teacher, manager = school_of()
    here = f"/o/{school.slug}"
    client.sign_in(teacher)
    client.press(f"{here}/enrolments/{one.id}/credential", page=f"{here}/enrolments/{one.id}")
    award = db.session.query(Award).one()
    client.sign_in(manager)
    assert "1 credential is proposed." in client.get(f"{here}/cohorts/{cohort.id}").words

    page = client.submit(f"{here}/credential-proposals/{award.id}/turn-down", reason="Wrong name", follow=True)

    assert "Wrong name" in page.words


def test_another_school_finds_nothing(client):
    _cohort, [one], school, teacher, _manager = school_of()
    client.sign_in(teacher)
    here = f"/o/{school.slug}"
    client.press(f"{here}/enrolments/{one.id}/credential", page=f"{here}/enrolments/{one.id}")
    award, other = db.session.query(Award).one(), make_school()
    client.sign_in(make_member(other, Role.MANAGER).account)

    assert client.get(f"/o/{other.slug}/credential-proposals/{award.id}").status == 404


def test_a_proposal_asks_as_much_for_forty_people_as_for_two(client):
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    asked = []
    for people in (2, 40):
        cohort, _done, school, teacher, _manager = school_of(people)
        client.sign_in(teacher)
        client.press(f"/o/{school.slug}/cohorts/{cohort.id}/credentials", page=f"/o/{school.slug}/cohorts/{cohort.id}")
        award = db.session.query(Award).filter_by(school_id=school.id).one()
        seen.clear()
        assert client.get(f"/o/{school.slug}/credential-proposals/{award.id}").status == 200
        asked.append(len(seen))
    event.remove(db.engine, "before_cursor_execute", note)

    assert asked[0] == asked[1]
