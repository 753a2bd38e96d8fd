"""Before a deferral ends the trainee is reminded once, and it is the school's move to order the return."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.factories import make_cohort
from tests.courses.rulings.acting import fresh, leave_until, manager, running, signed, studying
from tests.courses.rulings.test_corrections import corrected
from tests.factories import events_of
from training.courses.enrolments.workflow import Event, Notice
from training.courses.rulings import returning, services
from training.courses.rulings.workflow import Kind, What
from training.insights.home.asks import ASKS
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import System
from training.notices.models import Notification
from training.turns.models import OpenTurn

pytestmark = pytest.mark.usefixtures("app")
CLOCKWORK = System("rulings.remind")


def until(days):
    return What(until_on=clock.today("Europe/Samara") + timedelta(days=days))


def open_moves():
    db.session.rollback()
    return db.session.execute(select(OpenTurn.party_kind, OpenTurn.verb).where(OpenTurn.subject_kind == "enrolment")).all()


def reminded():
    return len(db.session.scalars(select(Notification.id).where(Notification.name == Notice.RETURNING)).all())


def test_two_weeks_before_the_day_both_sides_hear_of_it_once():
    cohort = running()
    people = studying(cohort, 2)
    signed(manager(cohort), people, Kind.DEFERRAL, until(30))

    early = returning.remind(CLOCKWORK)
    with clock.at(clock.now() + timedelta(days=17)):
        done = returning.remind(CLOCKWORK), returning.remind(CLOCKWORK)

    assert (early, done) == (0, (2, 0))
    assert open_moves() == [("organisation", "resume")] * 2
    assert ("enrolment", "resume") in ASKS
    assert reminded() == 2
    assert events_of(people[0])[-1] == Event.REMINDED


def test_a_deferral_into_a_cohort_ends_with_its_first_day():
    cohort = running()
    [one] = studying(cohort, 1)
    later = make_cohort(cohort.programme_version)
    signed(manager(cohort), [one], Kind.DEFERRAL, What(to_cohort_id=later.id))

    with clock.at(clock.now() + (later.starts_on - clock.today("Europe/Samara")) - timedelta(days=10)):
        assert returning.remind(CLOCKWORK) == 1


def test_whoever_has_come_back_is_left_alone_and_nobody_is_waited_for():
    cohort = running()
    [one, other] = studying(cohort, 2)
    later, actor = make_cohort(cohort.programme_version), manager(cohort)
    signed(actor, [one, other], Kind.DEFERRAL, until(10))
    signed(actor, [fresh(other)], Kind.RETURN, What(to_cohort_id=later.id))
    assert returning.remind(CLOCKWORK) == 1

    signed(actor, [fresh(one)], Kind.RETURN, What(to_cohort_id=later.id))

    assert open_moves() == []
    assert returning.remind(CLOCKWORK) == 0


def test_a_deferral_that_was_taken_back_reminds_nobody():
    cohort = running()
    [one] = studying(cohort, 1)
    actor = manager(cohort)
    ruling = signed(actor, [one], Kind.DEFERRAL, until(10))
    services.sign(actor, corrected(actor, ruling, one))

    assert returning.remind(CLOCKWORK) == 0


def test_leaves_are_no_deferrals():
    cohort = running()
    signed(manager(cohort), studying(cohort, 1), Kind.LEAVE, leave_until())

    assert returning.remind(CLOCKWORK) == 0
