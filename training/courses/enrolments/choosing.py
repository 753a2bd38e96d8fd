"""Enrolments where admission is by selection: applying without a place yet, the places that a list gives, being called in their order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from training.audit.services import record
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments import seats
from training.courses.enrolments.calling import offer
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import LIFECYCLE, WAITING, Event, State
from training.kernel import clock
from training.kernel.db import Record, db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import Trainee
from training.turns.services import begin, move

OPEN = (*WAITING, State.OFFERED)
"""Where an application stands while its priority counts."""


def enter(actor: Actor, cohort: Cohort, trainee: Trainee, *, named: Sequence[SeatPool], priority: int) -> Enrolment:
    """Somebody applies for the seats of the named pools, in their order, inside the running transaction; nobody has a place yet."""
    enrolment = Enrolment(
        school_id=cohort.school_id,
        cohort_id=cohort.id,
        cohort=cohort,
        trainee=trainee,
        applied_at=clock.now(),
        priority=priority,
        state=State.APPLIED,
    )
    db.session.add(enrolment)
    try:
        begin(System("enrolments.enter"), LIFECYCLE, enrolment)
    except IntegrityError:
        raise NotNow(_l("You have applied for this cohort already. See it under Study.")) from None
    db.session.add_all(EnrolmentChoice(enrolment_id=enrolment.id, pool_id=pool.id, place=place) for place, pool in enumerate(named, 1))
    record(actor, Event.APPLIED, enrolment)
    disclosures.disclose(actor, trainee, Because.ENROLMENT, enrolment, to=cohort.school_id, first=True)
    return enrolment


def prioritised(trainee_id: int) -> Sequence[Enrolment]:
    """The open applications of a trainee that have a priority, the most wanted first."""
    query = select(Enrolment).where(Enrolment.trainee_id == trainee_id, Enrolment.state.in_(OPEN), Enrolment.priority.is_not(None))
    return db.session.scalars(query.order_by(Enrolment.priority, Enrolment.id)).all()


def prioritise(enrolments: Sequence[Enrolment], priorities: Mapping[int, int]) -> None:
    """Gives open applications of one trainee other priorities, by id, inside the running transaction; none may stand twice meanwhile."""
    for enrolment in enrolments:
        enrolment.priority = None
    db.session.flush()  # a priority is free before somebody else's turn to have it
    for enrolment in enrolments:
        enrolment.priority = priorities[enrolment.id]


_TABLE = Record.metadata.tables[Enrolment.__tablename__]
_RANK = update(_TABLE).where(_TABLE.c.id == bindparam("key")).values(rank=bindparam("place"))


def rank(cohort_id: int, places: Mapping[int, int]) -> None:
    """The places that a published list gives, by enrolment, inside the running transaction; who is not on it has none: two statements."""
    connection = db.session.connection()
    connection.execute(update(_TABLE).where(_TABLE.c.cohort_id == cohort_id, _TABLE.c.rank.is_not(None)).values(rank=None))
    if places:
        connection.execute(_RANK, [{"key": key, "place": place} for key, place in places.items()])


def ranked(cohort_id: int) -> Sequence[Enrolment]:
    """Those of a cohort who have a place on its list and no seat, in its order, locked."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(WAITING), Enrolment.rank.is_not(None))
    query = query.options(joinedload(Enrolment.trainee, innerjoin=True)).order_by(Enrolment.rank, Enrolment.applied_at, Enrolment.id)
    locked = query.with_for_update(of=Enrolment, key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).all()


def call(actor: Actor, people: Sequence[Enrolment], given: Mapping[int, int], *, until: datetime) -> list[Enrolment]:
    """Holds a seat for those to whom one is given (pool by enrolment), inside the running transaction; the others wait from now on. Returns these."""
    for pool_id in sorted(set(given.values())):
        if not seats.take_several(pool_id, sum(one == pool_id for one in given.values())):
            raise NotNow(_l("Somebody has just taken a seat. Look at the list again."))
    left = []
    for enrolment in people:
        if enrolment.id in given:
            offer(enrolment, given[enrolment.id], until=until)
            continue
        left.append(enrolment)
        if enrolment.state is State.APPLIED:
            move(actor, LIFECYCLE, "queue", enrolment)
            record(actor, Event.QUEUED, enrolment)
    return left
