"""Calling those who wait: free seats are held for the next in the queue, inside the running transaction."""

from datetime import datetime, timedelta

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments import guarding, policies, queries, seats, together
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import LIFECYCLE, Event, Notice
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import System
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import move

CLAIM = timedelta(hours=48)
"""How long a seat is held for somebody who moved up, if the last joining day is not sooner."""


def loosen(enrolment: Enrolment, cohort: Cohort, *, lapsing: bool = False, seated: bool = False) -> None:
    """Whoever waited together with somebody who left is not called any more; what was held for them goes to the next."""
    tell = policies.promotes(cohort, today=clock.today(cohorts.zone_of(cohort)))
    pool_id = together.loosen(enrolment, lapsing=lapsing, tell=tell)
    if seated:
        seats.free(pool_id)
    promote(cohort, pool_id)


def promote(cohort: Cohort, pool_id: int) -> int:
    """Holds every free seat of the pool for the next in its queue, inside the running transaction; returns how many."""
    zone = cohorts.zone_of(cohort)
    promoted, until = 0, min(clock.now() + CLAIM, clock.end_of(cohort.joins_until_on, zone))
    passed: list[int] = []
    while policies.promotes(cohort, today=clock.today(zone)) and (following := queries.next_for(pool_id, cohort.admission, past=passed)):
        called = together.called_with(following)
        if called and not _take(pool_id, len(called)):
            if following.bond_id is None:
                break
            if policies.gathers(cohort):
                seats.gather(pool_id)
                break
            passed.append(following.bond_id)
            continue
        for one in called:
            offer(one, pool_id, until=until)
        promoted += len(called)
    return promoted


def _take(pool_id: int, number: int) -> bool:
    return seats.take(db.session.get_one(SeatPool, pool_id)) if number == 1 else seats.take_several(pool_id, number)


@transaction()
def pass_on(actor: System, *, cohort_id: int) -> int:
    """Applications are closed: what was gathered for a team goes to the next whom it suffices; returns how many moved up."""
    cohort, moved = db.session.get_one(Cohort, cohort_id, populate_existing=True), 0
    for pool in cohorts.pools_of(cohort_id):
        if pool.promised:
            seats.scatter(pool.id)
            moved += promote(cohort, pool.id)
    return moved


def offer(enrolment: Enrolment, pool_id: int, *, until: datetime) -> None:
    """A seat of the pool, taken already, is held for the person, inside the running transaction."""
    clockwork = System("enrolments.promote")
    enrolment.pool_id = pool_id
    enrolment.claim_until_at = until
    move(clockwork, LIFECYCLE, "offer", enrolment, due=until)
    record(clockwork, Event.OFFERED, enrolment, pool=pool_id, until=until)
    notify(Notice.OFFERED, enrolment, to=reach_person(enrolment), until_at=until)
    guarding.held(enrolment, until=until)


def reach_person(enrolment: Enrolment) -> list[Recipient]:
    """How the trainee is told."""
    return reach(db.session.get_one(Trainee, enrolment.trainee_id))
