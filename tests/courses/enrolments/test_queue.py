"""Seats and queues: whatever people and schools do in whatever order, no seat is given twice, none stays empty, nobody is passed over."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tests.courses.factories import SYSTEM, make_cohort
from tests.factories import actor_of, learner, make_trainee
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries, services
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import SEATED, Leaving, State
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.turns.services import expire

PEOPLE = 5
KINDS = ((Funding.STATE,), (Funding.PAID,), (Funding.STATE, Funding.PAID), (Funding.PAID, Funding.STATE))


class Admission:
    """One cohort with few seats of two kinds, some people, and everything that can be done; `who` and `how` say with whom and how."""

    def __init__(self) -> None:
        cohort = make_cohort(seats={Funding.STATE: 1, Funding.PAID: 1})
        self.cohort_id = cohort.id
        self.head = actor_of(cohort.programme_version.programme.school, Role.MANAGER)
        self.people = [learner(make_trainee()) for _number in range(PEOPLE)]
        self.minutes = 0

    def own(self, who: int) -> Enrolment:
        found = queries.own_in(self.people[who], self.cohort_id)
        if found is None:
            raise NotNow("has not applied")
        return queries.enrolment(SYSTEM, found.id)

    def apply(self, who: int, how: int) -> None:
        services.apply(self.people[who], cohorts.cohort(SYSTEM, self.cohort_id), funding=KINDS[how % len(KINDS)])

    def withdraw(self, who: int, how: int) -> None:
        services.withdraw(self.people[who], self.own(who), because=Leaving.WORK)

    def claim(self, who: int, how: int) -> None:
        services.claim(self.people[who], self.own(who))

    def decline(self, who: int, how: int) -> None:
        services.decline(self.people[who], self.own(who))

    def refuse(self, who: int, how: int) -> None:
        services.refuse(self.head, self.own(who), reason="Full")

    def expel(self, who: int, how: int) -> None:
        services.expel(self.head, self.own(who), reason="Absent")

    def change_seats(self, who: int, how: int) -> None:
        services.change_seats(self.head, cohorts.cohort(SYSTEM, self.cohort_id), seats={Funding.STATE: how, Funding.PAID: who % 3})

    def wait(self, who: int, how: int) -> None:
        self.minutes += how * 24 * 60
        expire()
        run_due()

    def holds(self) -> None:
        """What is true at every moment."""
        for pool in cohorts.pools_of(self.cohort_id):
            seated = (Enrolment.pool_id == pool.id, Enrolment.state.in_(SEATED))
            waiting = select(Enrolment).join(EnrolmentChoice).where(EnrolmentChoice.pool_id == pool.id)
            first = db.session.scalars(waiting.where(Enrolment.state == State.WAITLISTED).order_by(Enrolment.applied_at).limit(1)).first()
            assert pool.held == db.session.scalar(select(func.count()).where(*seated))
            assert 0 <= pool.held <= pool.seats
            if first is not None:
                assert pool.free == 0, "somebody waits while a seat is free"
                later = select(func.count()).where(*seated, Enrolment.applied_at > first.applied_at)
                assert db.session.scalar(later) == 0, "somebody who came later sits where somebody waits"


STEPS = ("apply", "apply", "apply", "withdraw", "claim", "decline", "refuse", "expel", "change_seats", "wait")


@pytest.mark.usefixtures("app")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, PEOPLE - 1), st.integers(0, 3)), min_size=4, max_size=24))
def test_no_seat_is_given_twice_or_kept_empty_and_nobody_is_passed_over(steps):
    admission, now = Admission(), clock.now()
    for step, who, how in steps:
        admission.minutes += 1
        with clock.at(now + timedelta(minutes=admission.minutes)):
            with suppress(NotNow, NotAllowed):
                getattr(admission, step)(who, how)
            db.session.expire_all()
            admission.holds()


def test_the_rules_are_looked_at_while_seats_are_few(app):
    """The test above would notice: with a seat taken behind the queue's back its rule breaks."""
    admission = Admission()
    admission.apply(0, 0)
    admission.apply(1, 0)
    with writing() as session:
        session.execute(update(SeatPool).where(SeatPool.cohort_id == admission.cohort_id).values(seats=2))
    db.session.expire_all()

    with pytest.raises(AssertionError, match="somebody waits while a seat is free"):
        admission.holds()
