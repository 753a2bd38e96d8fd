"""Applying for a seat, moving up in the queue, studying, ending."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach as reach_members
from training.audit.queries import history
from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import calling, guarding, policies, prior, queries, seats, together
from training.courses.enrolments.calling import reach_person
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import LIFECYCLE, SEATED, STUDYING, WAITING, Event, Leaving, Notice, State
from training.courses.prerequisites.policies import why_not_begin
from training.kernel import clock
from training.kernel.db import Record, db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, NotNow, Role, System, authorise, require
from training.kernel.workflow import Event as AnyEvent
from training.notices.services import notify
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import services as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

_CHOOSE = insert(Record.metadata.tables[EnrolmentChoice.__tablename__])


@transaction()
def apply(actor: Learner, cohort: Cohort, *, funding: Sequence[Funding]) -> Enrolment:
    """A seat in the first of the named kinds that has one free, at once; else a place in the queue for all of them."""
    authorise(policies.can_apply, actor, cohort)
    by_funding = {pool.funding: pool for pool in cohorts.pools_of(cohort.id)}
    named = [by_funding[one] for one in dict.fromkeys(funding) if one in by_funding]
    zone = cohorts.zone_of(cohort)
    require(policies.why_not_apply(cohort, today=clock.today(zone), pools=named))
    trainee = trainee_now(actor.trainee_id)  # before it is asked what they lack: whoever revokes a waiver waits, or has done so
    require(why_not_begin(prior.lack_of(actor.trainee_id, cohort)))
    pool = seats.take_first(named)
    if pool is None:
        hold(*named)  # whoever frees a seat now waits until our place in the queue is there to be seen
        pool = seats.take_first(named)
    enrolment = add(cohort, trainee, named, pool)
    record(actor, Event.APPLIED, enrolment)
    disclosures.disclose(actor, trainee, Because.ENROLMENT, enrolment, to=cohort.school_id, first=True)
    if pool is None:
        record(actor, Event.QUEUED, enrolment)
        notify(Notice.QUEUED, enrolment, to=reach(trainee))
    else:
        enrol(actor, enrolment, cohort, trainee, Event.ENROLLED)
    return enrolment


def add(cohort: Cohort, trainee: Trainee, named: Sequence[SeatPool], pool: SeatPool | None) -> Enrolment:
    """A new enrolment in the queue of all the named pools, or in the seat of one."""
    enrolment = Enrolment(
        school_id=cohort.school_id,
        cohort_id=cohort.id,
        cohort=cohort,
        trainee=trainee,
        applied_at=clock.now(),
        state=State.WAITLISTED,
        pool_id=pool.id if pool else None,
        enrolled_on=clock.today(cohorts.zone_of(cohort)) if pool else None,
    )
    db.session.add(enrolment)
    try:
        begin(System("enrolments.apply"), LIFECYCLE, enrolment, through="seat" if pool else None)
    except IntegrityError:
        raise NotNow(_l("You have applied for this cohort already. See it under Study.")) from None
    choices = [{"enrolment_id": enrolment.id, "pool_id": pool.id, "place": place} for place, pool in enumerate(named, 1)]
    db.session.connection().execute(_CHOOSE, choices)
    return enrolment


def enrol(actor: Actor, enrolment: Enrolment, cohort: Cohort, trainee: Trainee, event: AnyEvent) -> None:
    """The person studies here from now on."""
    told = [*reach(trainee), *reach_members(enrolment.school_id, Role.MANAGER)]
    moves_in = trainee.school_id is None and not _known_there(trainee, cohort.school_id)
    record(actor, event, enrolment, pool=enrolment.pool_id)
    engagements.engage(trainee, EngagementKind.STUDY, enrolment, at=enrolment.school_id, from_on=cohort.starts_on, until_on=cohort.ends_on)
    if moves_in:
        trainee.school_id = cohort.school_id
    notify(Notice.ENROLLED, enrolment, to=told)


def _known_there(trainee: Trainee, school_id: int) -> bool:
    """Whether the school's roster has this person already, in a row that nobody has claimed."""
    same = select(Trainee.id).where(Trainee.school_id == school_id, Trainee.identity_key == trainee.identity_key)
    return db.session.scalar(same.limit(1)) is not None


def trainee_now(trainee_id: int) -> Trainee:
    """The trainee as they are now, locked."""
    return db.session.get_one(Trainee, trainee_id, populate_existing=True, with_for_update={"key_share": True})


def _cohort(enrolment: Enrolment) -> Cohort:
    """The cohort as it is now, not locked: whoever changes it sees to the seats afterwards."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    db.session.refresh(cohort, attribute_names=["state", "starts_on", "ends_on", "joins_until_on", "version"])
    return cohort


@transaction()
def claim(actor: Actor, enrolment: Enrolment) -> None:
    """The seat that is held becomes one's own; in a team, when the last of it says so."""
    authorise(policies.can_claim, actor, enrolment)
    if enrolment.claim_until_at is not None and enrolment.claim_until_at <= clock.now():
        raise NotNow(_l("The time to take this seat is over; it goes to the next in the queue."))
    require(guarding.why_not_claim(enrolment, guarding.consent(enrolment)))
    for one in together.agree(actor, enrolment):
        by = actor if one is enrolment else System("enrolments.claim")
        move(by, LIFECYCLE, "claim", one)
        cohort = _cohort(one)
        one.enrolled_on, one.claim_until_at = clock.today(cohorts.zone_of(cohort)), None
        enrol(by, one, cohort, trainee_now(one.trainee_id), Event.CLAIMED)
        guarding.over(one)


@transaction()
def decline(actor: Actor, enrolment: Enrolment) -> None:
    """The held seat goes to the next in the queue."""
    authorise(policies.can_decline, actor, enrolment)
    _leave(actor, enrolment, "decline", Event.DECLINED)


@transaction()
def withdraw(actor: Actor, enrolment: Enrolment, *, because: Leaving, words: str | None = None) -> None:
    """The trainee leaves the queue or the seat and says why; a freed seat goes to the next at once."""
    authorise(policies.can_withdraw, actor, enrolment)
    enrolment.left_because = because
    _leave(actor, enrolment, "withdraw", Event.WITHDRAWN, reason=words, because=because)
    notify(Notice.WITHDRAWN, enrolment, to=reach_members(enrolment.school_id, Role.MANAGER))


@transaction()
def refuse(actor: Actor, enrolment: Enrolment, *, reason: str) -> None:
    """The school does not take somebody who waits, and says why."""
    authorise(policies.can_refuse, actor, enrolment)
    _leave(actor, enrolment, "refuse", Event.REFUSED, reason=reason)
    notify(Notice.REFUSED, enrolment, to=reach_person(enrolment))


def retract(actor: Actor, enrolment: Enrolment, *, reason: str) -> None:
    """What was said yes to on a condition ends, inside the running transaction, because the condition was not met."""
    _leave(actor, enrolment, "retract", Event.REFUSED, reason=reason)
    notify(Notice.REFUSED, enrolment, to=reach_person(enrolment))


@transaction()
def expel(actor: Actor, enrolment: Enrolment, *, reason: str) -> None:
    """The school ends somebody's study, and says why."""
    authorise(policies.can_expel, actor, enrolment)
    _leave(actor, enrolment, "expel", Event.EXPELLED, reason=reason)
    notify(Notice.EXPELLED, enrolment, to=reach_person(enrolment))


@transaction()
def lapse(actor: System, enrolment: Enrolment) -> None:
    """The time to take a held seat is over; it goes to the next."""
    if enrolment.state is State.OFFERED and enrolment.claim_until_at is not None and enrolment.claim_until_at <= clock.now():
        for one in (enrolment, *together.silent_with(enrolment)):
            _leave(actor, one, "lapse", Event.LAPSED)
            notify(Notice.LAPSED, one, to=reach_person(one))


def _leave(
    actor: Actor, enrolment: Enrolment, verb: str, event: AnyEvent, *, reason: str | None = None, because: Leaving | None = None
) -> None:
    """Ends an enrolment inside the running transaction; a seat that was held becomes free and goes to the next."""
    was, pool_id = enrolment.state, enrolment.pool_id
    move(actor, LIFECYCLE, verb, enrolment, reason=reason)
    cohort = _cohort(enrolment)
    today = clock.today(cohorts.zone_of(cohort))
    enrolment.ended_on, enrolment.claim_until_at = today, None
    guarding.over(enrolment)
    record(actor, event, enrolment, detail={"reason": reason} if reason else None, because=because)
    if was in STUDYING:
        engagements.end(enrolment, on=today)
    else:
        disclosures.withdraw(actor, db.session.get_one(Trainee, enrolment.trainee_id), Because.ENROLMENT, enrolment)
    if enrolment.bond_id is not None and was not in STUDYING:
        calling.loosen(enrolment, cohort, lapsing=verb == "lapse", seated=was in SEATED)
    elif was in SEATED and pool_id is not None:
        seats.free(pool_id)
        calling.promote(cohort, pool_id)


@transaction()
def change_seats(actor: Actor, cohort: Cohort, *, seats: Mapping[Funding, int]) -> int:
    """More or fewer seats; new ones go to those who wait at once. Returns how many moved up."""
    authorise(policies.can_change_seats, actor, cohort)
    cohort_services.change_seats(actor, cohort, seats=seats)
    db.session.flush()  # new pools need their keys
    pools = cohorts.pools_of(cohort.id)
    hold(*pools)
    return sum(calling.promote(cohort, pool.id) for pool in pools)


@transaction()
def take_leave(actor: Actor, enrolment: Enrolment, *, reason: str) -> None:
    """The trainee pauses; the seat stays theirs."""
    authorise(policies.can_take_leave, actor, enrolment)
    move(actor, LIFECYCLE, "take_leave", enrolment, reason=reason)
    record(actor, Event.ON_LEAVE, enrolment, detail={"reason": reason})
    notify(Notice.ON_LEAVE, enrolment, to=reach_person(enrolment))


@transaction()
def come_back(actor: Actor, enrolment: Enrolment) -> None:
    """The trainee studies again."""
    authorise(policies.can_come_back, actor, enrolment)
    move(actor, LIFECYCLE, "come_back", enrolment)
    record(actor, Event.BACK, enrolment)
    notify(Notice.BACK, enrolment, to=reach_person(enrolment))


@transaction()
def complete(actor: Actor, enrolment: Enrolment) -> None:
    """The trainee has finished."""
    authorise(policies.can_complete, actor, enrolment)
    cohort = _cohort(enrolment)
    require(policies.why_not_complete(cohort))
    _finish(actor, enrolment, on=clock.today(cohorts.zone_of(cohort)))


@transaction()
def complete_all(actor: Actor, cohort: Cohort) -> int:
    """Everybody who studies in the cohort has finished; those on leave have not. Returns how many."""
    authorise(policies.can_complete_all, actor, cohort)
    require(policies.why_not_complete(cohort))
    today = clock.today(cohorts.zone_of(cohort))
    finished = queries.studying(cohort.id)
    for enrolment in finished:
        _finish(actor, enrolment, on=today)
    return len(finished)


def _finish(actor: Actor, enrolment: Enrolment, *, on: date) -> None:
    move(actor, LIFECYCLE, "complete", enrolment)
    enrolment.ended_on = on
    engagements.end(enrolment, on=on)
    record(actor, Event.COMPLETED, enrolment)
    notify(Notice.COMPLETED, enrolment, to=reach_person(enrolment))


def miss(cohort_id: int) -> None:
    """Training has begun: those who still wait, or hold a seat they did not take, are told that it goes without them."""
    _end_all(cohort_id, verb="miss", states=(*WAITING, State.OFFERED), event=Event.MISSED, notice=Notice.MISSED)


def release(cohort_id: int) -> None:
    """The cohort was cancelled: nobody holds or waits for a seat any more."""
    said = next(
        (detail.get("reason") for happened, detail in history(("cohort", cohort_id)) if happened.name == CohortEvent.CANCELLED), None
    )
    states = (*WAITING, State.OFFERED, *STUDYING)
    _end_all(cohort_id, verb="release", states=states, event=Event.CANCELLED, notice=Notice.CANCELLED, reason=said)


@transaction()
def _end_all(cohort_id: int, *, verb: str, states: Sequence[State], event: AnyEvent, notice: Notice, reason: str | None = None) -> None:
    clockwork = System(f"enrolments.{verb}")
    for enrolment in queries.standing(cohort_id, states):
        _leave(clockwork, enrolment, verb, event, reason=reason)
        notify(notice, enrolment, to=reach_person(enrolment))


def count_hire(trainee: Trainee, on: date) -> int:
    """Inside the transaction of a hire: marks what the trainee had completed by then as hired after; returns how many."""
    enrolments = queries.unhired(trainee.id, on)
    for enrolment in enrolments:
        reread(db.session, enrolment)
        enrolment.hired_on = on
        record(System("enrolments.count_hire"), Event.HIRED, enrolment, on=on)
    return len(enrolments)
