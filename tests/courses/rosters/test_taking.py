"""Classes and places of a OneRoster bundle become cohorts and enrolments, once, and can be taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version, pool_of
from tests.courses.rosters.test_bundles import enrolled, kept, taken
from tests.exchange.oneroster.bundles import FILES, applied, checked, found, people, sentences, zipped
from tests.factories import actor_of, events_of, make_school, make_trainee, save
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Admission
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Leaving, State
from training.courses.programmes.models import Programme
from training.courses.rosters.models import RosterClass
from training.exchange import checking, services, undoing
from training.exchange.workflow import Outcome
from training.exchange.workflow import State as ImportState
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import Learner, Role

USERS_PLACE = ("users.csv", 2)
CLASS = ("classes.csv", 2)
PLACE = ("enrollments.csv", 2)


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


def bundle(**changed) -> bytes:
    """The sound bundle, whose term is still to come."""
    first = clock.today() + timedelta(days=60)
    days = {
        "academicSessions": FILES["academicSessions.csv"]
        .replace("2026-09-01", f"{first}")
        .replace("2027-06-30", f"{first + timedelta(300)}")
    }
    return zipped(FILES, **(days | {"courses": FILES["courses.csv"].replace("Welding,,", "Welding,15.01.05,")} | changed))


def both_in_it() -> dict[str, str]:
    """Both students in the class, and no teacher."""
    return {"enrollments": FILES["enrollments.csv"].replace("e3,,,k,sch,u3,teacher,true", "e2,,,k,sch,u2,student,")}


def outcomes(batch) -> dict[tuple[str, int], str]:
    db.session.rollback()
    return {row[:2]: row[2] for row in found(batch)}


def places(school) -> list[tuple[str, str, State]]:
    """Everybody's cohort and state."""
    db.session.rollback()
    query = select(Enrolment).where(Enrolment.school_id == school.id).order_by(Enrolment.id)
    return [
        (
            db.session.get_one(Cohort, one.cohort_id).code,
            next(who for who in people(school.id) if who.id == one.trainee_id).given_name,
            one.state,
        )
        for one in db.session.scalars(query)
    ]


def undone(manager, batch) -> None:
    services.undo(manager, batch)
    undoing.undo(batch.id)
    db.session.rollback()
    db.session.refresh(batch)


def test_a_place_in_a_class_with_the_code_of_a_cohort_becomes_an_enrolment(school, manager):
    cohort = make_cohort(make_version(make_programme(school)), code="w-26", seats=5)
    batch = checked(manager, bundle())
    assert (outcomes(batch)[CLASS], outcomes(batch)[PLACE]) == ("ready", "ready")

    applied(manager, batch)

    [place] = db.session.scalars(select(Enrolment)).all()
    assert places(school) == [("w-26", "Nina", State.ENROLLED)]
    assert (pool_of(cohort).held, place.enrolled_on) == (1, clock.today("Europe/Samara"))
    assert events_of(place) == ["enrolment.applied", "enrolment.enrolled"]
    assert db.session.scalars(select(RosterClass.cohort_id)).all() == [cohort.id]


def test_the_same_bundle_twice_changes_nothing(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")
    applied(manager, checked(manager, bundle()))
    before = places(school)

    again = checked(manager, bundle())

    assert (again.ready, outcomes(again)[CLASS], outcomes(again)[PLACE]) == (0, "same", "same")
    assert places(school) == before


def test_a_class_is_found_by_its_sourced_id_whatever_it_is_called_by_then(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")
    applied(manager, checked(manager, bundle()))

    again = checked(manager, bundle(classes=FILES["classes.csv"].replace("W-26", "W-27"), **both_in_it()))
    applied(manager, again)

    assert places(school) == [("W-26", "Nina", State.ENROLLED), ("W-26", "Pavel", State.ENROLLED)]


def test_a_cohort_is_planned_where_the_course_is_a_published_programme(school, manager):
    make_version(make_programme(school, code="15.01.05", title="Welding"))
    batch = checked(manager, bundle(**both_in_it()))
    assert "is planned from" in sentences(batch)[CLASS]
    assert "2 seats" in sentences(batch)[CLASS]

    applied(manager, batch)

    [cohort] = db.session.scalars(select(Cohort)).all()
    assert (cohort.code, cohort.state, cohort.starts_on) == ("W-26", CohortState.PLANNED, clock.today() + timedelta(days=60))
    assert (pool_of(cohort).seats, pool_of(cohort).held) == (2, 2)
    assert len(places(school)) == 2


@pytest.mark.parametrize(
    ("course", "files", "column", "words"),
    [
        ("", {}, "F2", "no published programme is the course 15.01.05"),
        ("15.01.05", {"academicSessions": FILES["academicSessions.csv"].replace("2026-09-01", "2020-09-01")}, "K2", "training began on"),
        ("15.01.05", {"enrollments": FILES["enrollments.csv"].replace("u1,student", "u1,teacher")}, None, "no student in the class"),
    ],
)
def test_a_class_without_a_cohort_says_what_to_do(school, manager, course, files, column, words):
    if course:
        make_version(make_programme(school, code=course, title="Welding"))

    batch = checked(manager, bundle(**files))

    assert (*CLASS, "bad", [column]) in found(batch)
    assert words in sentences(batch)[CLASS]
    assert (outcomes(batch)[PLACE], batch.ready) == ("bad", 2)


def test_two_classes_of_one_code_are_one_cohort(school, manager):
    make_version(make_programme(school, code="15.01.05", title="Welding"))
    second = FILES["classes.csv"].rsplit("\n", 2)[1].replace("k,,,Group", "l,,,Turning")
    places = FILES["enrollments.csv"].replace("e3,,,k,sch,u3,teacher,true", "e2,,,l,sch,u1,student,")

    applied(manager, checked(manager, bundle(classes=f"{FILES['classes.csv']}{second}\n", enrollments=places)))

    assert places_of_both(school) == (1, 2, [("W-26", "Nina", State.ENROLLED)])


def places_of_both(school) -> tuple[int, int, list[tuple[str, str, State]]]:
    """How many cohorts and classes there are, and who is where."""
    return db.session.query(Cohort).count(), db.session.query(RosterClass).count(), places(school)


def test_a_check_that_was_cut_off_between_two_files_goes_on_and_finds_the_same(school, manager, monkeypatch):
    make_cohort(make_version(make_programme(school)), code="W-26")
    batch = services.upload(manager, bundle(**both_in_it()), name="roster.zip", kind="trainees")
    stage, done = services.stage, list[int]()

    def cut(actor, one, *, rows, after):
        if done:
            raise KeyboardInterrupt
        done.append(after)
        stage(actor, one, rows=rows, after=after)

    with monkeypatch.context() as patched:
        patched.setattr(services, "stage", cut)
        with pytest.raises(KeyboardInterrupt):
            checking.check(batch.id)
    db.session.rollback()
    checking.check(batch.id)

    assert [outcomes(batch)[place] for place in (USERS_PLACE, CLASS, PLACE, ("enrollments.csv", 3))] == ["ready"] * 4


def test_several_programmes_that_fit_are_not_chosen_between(school, manager):
    for _turn in range(2):
        make_version(make_programme(school, code="15.01.05"))

    assert "several published programmes" in sentences(checked(manager, bundle()))[CLASS]


def test_programmes_and_cohorts_of_other_schools_are_nothing_to_it(manager):
    other = make_school()
    make_cohort(make_version(make_programme(other, code="15.01.05", title="Welding")), code="W-26")

    assert "no published programme" in sentences(checked(manager, bundle()))[CLASS]


def test_whoever_finds_no_seat_waits_and_the_report_says_so(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26", seats=1)
    batch = checked(manager, bundle(**both_in_it()))
    assert "takes a place in the queue" in sentences(batch)["enrollments.csv", 3]

    applied(manager, batch)

    assert places(school) == [("W-26", "Nina", State.ENROLLED), ("W-26", "Pavel", State.WAITLISTED)]
    assert "takes a place in the queue" in sentences(batch)["enrollments.csv", 3]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"admission": Admission.SELECTION}, "given by selection"),
        ({"state": CohortState.RUNNING}, "last day to join this cohort is over"),
        ({"joins_until_on": date(2020, 1, 1), "closes_on": date(2020, 1, 1), "opens_on": date(2020, 1, 1)}, "last day to join"),
    ],
)
def test_what_stands_against_anybody_stands_against_them(school, manager, given, words):
    make_cohort(make_version(make_programme(school)), code="W-26", **given)

    batch = checked(manager, bundle())

    assert (*PLACE, "bad", ["D2"]) in found(batch)
    assert words in sentences(batch)[PLACE]


def test_a_cohort_that_is_cancelled_is_said_to_be(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26", state=CohortState.CANCELLED)

    assert "is cancelled" in sentences(checked(manager, bundle()))[CLASS]


def test_a_refusal_at_the_last_moment_is_one_rows_alone(school, manager):
    cohort = make_cohort(make_version(make_programme(school)), code="W-26")
    batch = checked(manager, bundle(**both_in_it()))
    with writing() as session:
        session.get_one(Cohort, cohort.id).joins_until_on = date(2020, 1, 1)

    applied(manager, batch)

    assert batch.state is ImportState.DONE
    assert [outcomes(batch)[place] for place in (USERS_PLACE, CLASS, PLACE)] == ["applied", "applied", "bad"]
    assert "last day to join" in sentences(batch)[PLACE]
    assert (places(school), pool_of(cohort).held) == ([], 0)


def test_whoever_left_a_cohort_is_not_put_back_by_a_file(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")
    applied(manager, checked(manager, bundle()))
    [place] = db.session.scalars(select(Enrolment)).all()
    enrolments.withdraw(Learner(0, place.trainee_id), place, because=Leaving.MOVE)

    again = checked(manager, bundle())

    assert "was in this cohort before: Withdrawn" in sentences(again)[PLACE]


def test_what_is_over_and_what_is_to_be_deleted_is_not_taken(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")
    over = FILES["enrollments.csv"].replace("u1,student,,,", "u1,student,,2020-01-01,2020-06-01")
    gone = FILES["enrollments.csv"].replace("e1,,,", "e1,tobedeleted,2026-09-01T00:00:00Z,")

    assert "It ended on" in sentences(checked(manager, bundle(enrollments=over)))[PLACE]
    assert "Nothing is deleted by a file" in sentences(checked(manager, bundle(enrollments=gone)))[PLACE]


def test_who_teaches_is_not_taken_and_said(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")

    assert "Only students are enrolled" in sentences(checked(manager, bundle()))["enrollments.csv", 3]


def test_a_place_of_somebody_who_is_not_taken_names_their_row(school, manager):
    make_cohort(make_version(make_programme(school)), code="W-26")

    batch = checked(manager, bundle(users=FILES["users.csv"].replace("Nina", "")))

    assert "Row 2 of users.csv is not taken" in sentences(batch)[PLACE]


class TestTakenBack:
    def test_places_cohorts_and_people_of_a_bundle_go_together(self, school, manager):
        make_version(make_programme(school, code="15.01.05", title="Welding"))
        batch = checked(manager, bundle(**both_in_it()))
        applied(manager, batch)
        [cohort] = db.session.scalars(select(Cohort)).all()

        undone(manager, batch)

        assert (batch.state, batch.undone) == (ImportState.UNDONE, batch.applied)
        assert people(school.id) == []
        assert {one.state for one in db.session.scalars(select(Enrolment))} == {State.REFUSED}
        db.session.refresh(cohort)
        assert (cohort.state, pool_of(cohort).held) == (CohortState.CANCELLED, 0)
        assert db.session.scalars(select(RosterClass)).all() == []

    def test_a_cohort_that_was_there_stays_and_takes_them_again(self, school, manager):
        cohort = make_cohort(make_version(make_programme(school)), code="W-26")
        batch = checked(manager, bundle())
        applied(manager, batch)
        undone(manager, batch)
        assert (cohort.state, pool_of(cohort).held) == (CohortState.OPEN, 0)

        applied(manager, checked(manager, bundle()))

        assert sorted(one.state for one in db.session.scalars(select(Enrolment))) == [State.ENROLLED, State.REFUSED]
        assert pool_of(cohort).held == 1

    def test_nothing_is_taken_back_when_a_place_was_changed_since(self, school, manager):
        make_cohort(make_version(make_programme(school)), code="W-26")
        batch = checked(manager, bundle())
        applied(manager, batch)
        [place] = db.session.scalars(select(Enrolment)).all()
        enrolments.take_leave(manager, place, reason="Ill")

        undone(manager, batch)

        assert (batch.state, batch.undone) == (ImportState.DONE, 0)
        assert outcomes(batch)[PLACE] == Outcome.KEPT.value
        assert "Went on leave" in sentences(batch)[PLACE]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_school_with_two_cohorts_goes_out_and_comes_in_at_another_that_has_the_programmes(client, school, manager, version):
    """And goes out from there with the same people in the same cohorts."""
    shape = f"oneroster_{version.replace('.', '_')}"
    first = enrolled(school, 3)
    second = make_cohort(make_version(make_programme(school, title="Turning")), code="T-26")
    make_enrolment(second, first[0])
    alone = make_trainee(school_id=school.id)
    alone.call(family_name="Титова", given_name="Алиса", patronymic=None, born_on=date(2006, 5, 1))
    save(alone)
    make_enrolment(second, alone)
    content = kept(taken(client, school, manager, shape)).read_bytes()
    other = make_school()
    there = actor_of(other, Role.MANAGER)
    for programme in db.session.scalars(select(Programme).where(Programme.school_id == school.id)).all():
        make_version(make_programme(other, code=programme.code, title=programme.title))

    batch = checked(there, content)
    assert (batch.bad, batch.ready) == (0, 4 + 2 + 5)
    applied(there, batch)

    def whole(school_id):
        query = select(Cohort.code, Enrolment).join(Cohort, Cohort.id == Enrolment.cohort_id).where(Enrolment.school_id == school_id)
        names = {one.id: one.full_name for one in people(school_id)}
        return sorted((code, names[one.trainee_id], one.state.value) for code, one in db.session.execute(query))

    db.session.rollback()
    assert batch.applied == 11
    assert whole(other.id) == whole(school.id)
    assert len(whole(other.id)) == 5
    back = checked(there, kept(taken(client, other, there, shape)).read_bytes())
    assert (back.ready, back.bad, back.same) == (0, 0, 11)
