"""People whom their school puts into a cohort itself: seats, queue and prerequisites as for anybody; inside the transaction of whoever does it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Admission, Funding
from training.courses.enrolments import policies, prior, seats, services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Event, Notice
from training.courses.prerequisites.policies import why_not_begin
from training.kernel import clock
from training.kernel.db import among, db, hold
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, NotNow, authorise
from training.notices.services import notify
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import services as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach

Refusal = str | LazyString
"""A sentence that says what to do."""


def why_not_admit(cohort: Cohort, pool: SeatPool | None) -> list[str | LazyString]:
    """Seats can still be joined, and are given in the order of arrival; `pool` are those in which the school puts people."""
    if cohort.admission is not Admission.ORDER_OF_ARRIVAL:
        return [_l("Seats of this cohort are given by selection: people apply for it, and the list decides.")]
    if pool is None:
        return [_l("This cohort has no seats that anybody can take. Give it some first.")]
    return policies.why_not_join(cohort, today=clock.today(cohorts.zone_of(cohort)))


def pool_for(cohort_id: int) -> SeatPool | None:
    """The seats of a cohort in which its school puts people, as they are now: what the state pays for, else the next purse in its order."""
    order = list(Funding)
    return min(cohorts.pools_of(cohort_id), key=lambda pool: order.index(pool.funding), default=None)


def standing(trainee_ids: Collection[int], cohort_ids: Collection[int]) -> Mapping[tuple[int, int], Enrolment]:
    """The newest enrolment of each of the people in each of the cohorts: one statement."""
    query = select(Enrolment).where(among(Enrolment.trainee_id, trainee_ids), among(Enrolment.cohort_id, cohort_ids))
    found = db.session.scalars(query.order_by(Enrolment.id), execution_options={"populate_existing": True})
    return {(one.trainee_id, one.cohort_id): one for one in found}


def admit(actor: Actor, cohort: Cohort, trainee_ids: Sequence[int]) -> list[Enrolment | Refusal]:
    """A seat for each as long as there is one, then a place in the queue, in the order given; a sentence for those who cannot begin."""
    authorise(policies.can_admit, actor, cohort)
    pool = pool_for(cohort.id)
    if (against := why_not_admit(cohort, pool)) or pool is None:
        return [against[0] for _one in trainee_ids]
    hold(pool)  # whoever frees a seat now waits until our places in the queue are there to be seen
    locked = select(Trainee).where(among(Trainee.id, trainee_ids)).order_by(Trainee.id).with_for_update(key_share=True)
    now = {one.id: one for one in db.session.scalars(locked, execution_options={"populate_existing": True})}
    lacking = prior.lack_of_each(now, cohort)
    made: list[Enrolment | Refusal] = []
    for trainee in (now[one] for one in trainee_ids):
        against = why_not_begin(lacking.get(trainee.id))
        made.append(against[0] if against else _enter(actor, cohort, trainee, pool))
    return made


def _enter(actor: Actor, cohort: Cohort, trainee: Trainee, pool: SeatPool) -> Enrolment | Refusal:
    """One person's seat, or place in the queue; a refusal leaves nothing behind."""
    try:
        with db.session.begin_nested():
            enrolment = services.add(cohort, trainee, [pool], pool if seats.take(pool) else None)
    except NotNow:
        return _l("The person is in this cohort already.")
    record(actor, Event.APPLIED, enrolment)
    disclosures.disclose(actor, trainee, Because.ENROLMENT, enrolment, to=cohort.school_id, first=True)
    if enrolment.pool_id is None:
        record(actor, Event.QUEUED, enrolment)
        notify(Notice.QUEUED, enrolment, to=reach(trainee))
        return enrolment
    record(actor, Event.ENROLLED, enrolment, pool=enrolment.pool_id)
    engagements.engage(trainee, EngagementKind.STUDY, enrolment, at=enrolment.school_id, from_on=cohort.starts_on, until_on=cohort.ends_on)
    notify(Notice.ENROLLED, enrolment, to=reach(trainee))
    return enrolment


def dismiss(actor: Actor, enrolments: Sequence[Enrolment], *, reason: str) -> None:
    """Takes back what `admit` did: they end as refused by the school, and their seats go to the next."""
    for enrolment in enrolments:
        authorise(policies.leads, actor, enrolment)
        services.retract(actor, enrolment, reason=reason)
