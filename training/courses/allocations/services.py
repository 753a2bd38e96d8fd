"""Naming people for bought seats, approving, answering, and what becomes of the seats."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach as reach_members
from training.audit.services import record, record_each
from training.courses.allocations import policies, queries
from training.courses.allocations.models import Allocation, Nominee, name_key
from training.courses.allocations.workflow import LIFECYCLE, Event, Notice, State
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import reserved, seats
from training.courses.purchases import queries as purchases
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.services import buyers
from training.kernel import clock, keys
from training.kernel.db import db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member, NotNow, Role, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents.queries import is_given
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import by_id as trainee_of
from training.turns import services as turns

ANSWER = timedelta(days=14)
"""How long a seat is kept for an answer, if the last joining day is not sooner."""
SEEN = timedelta(days=30)
"""How long after the end of training the employer still sees how it went."""


@transaction()
def nominate(actor: Member, purchase: SeatPurchase, *, people: Sequence[Nominee], language: str) -> Sequence[Allocation]:
    """Names people for bought seats: as many statements for a hundred as for one. Whom a manager names is approved at once."""
    authorise(policies.can_nominate, actor, purchase)
    cohort = _cohort(purchase)
    zone = cohorts.zone_of(cohort)
    require(policies.why_not_nominate(purchase, cohort, today=clock.today(zone)))
    assert purchase.pool_id is not None, "agreed_with_a_pool"
    if not seats.promise(purchase.pool_id, len(people)):
        pool = purchases.seats_of(purchase)
        require(policies.why_not_so_many(pool.free if pool else 0))
    approved = policies.approves(actor, purchase)
    common = {
        "purchase_id": purchase.id,
        "cohort_id": purchase.cohort_id,
        "employer_id": purchase.employer_id,
        "language": language,
        "nominated_on": clock.today(zone),
        "state": State.ALLOCATED if approved else State.PROPOSED,
        "until_at": _until(cohort, zone) if approved else None,
    }
    known = queries.trainees_at({keys.email_key(one["email"]) for one in people})
    rows = [common | _row(one, known) for one in people]
    try:
        with db.session.begin_nested():
            ids = db.session.scalars(insert(Allocation).returning(Allocation.id), rows).all()
    except IntegrityError:
        raise NotNow(_l("Somebody with this e-mail address is nominated for this cohort already."), field="email") from None
    made = queries.of_ids(ids)
    record_each(actor, Event.PROPOSED, made, purchase=purchase.id)
    if approved:
        turn = LIFECYCLE.turns[State.ALLOCATED]
        turns.ask_each([(one, one.until_at) for one in made], turn.party, turn.verb, silence=turn.silence)
        record_each(actor, Event.ALLOCATED, made)
        for one in made:
            account = known[one.email_key][1] if one.trainee_id is not None else None
            notify(Notice.ALLOCATED, one, to=[_recipient(one, account)])
    else:
        _await_approval(purchase, len(made))
    return made


def _row(person: Nominee, known: Mapping[str, tuple[int, int]]) -> dict[str, object]:
    key = keys.email_key(person["email"])
    return {
        **person,
        "slug": keys.slug(),
        "name_key": name_key(person["family_name"], person["given_name"], person["patronymic"]),
        "email_key": key,
        "trainee_id": known[key][0] if key in known else None,
        "version": 1,
    }


def _cohort(purchase: SeatPurchase) -> Cohort:
    """The cohort as it is now."""
    cohort = purchase.cohort
    db.session.refresh(cohort, attribute_names=["state", "joins_until_on", "ends_on"])
    return cohort


def _until(cohort: Cohort, zone: str) -> datetime:
    return min(clock.now() + ANSWER, clock.end_of(cohort.joins_until_on, zone))


def _await_approval(purchase: SeatPurchase, new: int = 0) -> None:
    """The manager's one open move for all who wait for approval, as long as there are any."""
    hold(purchase)
    turns.answered(purchase, Party.EMPLOYER)
    if new or queries.count_proposed(purchase.id):
        turns.ask(purchase, Party.EMPLOYER, "approve", roles=(Role.MANAGER,))
    if new:
        notify(Notice.PROPOSED, purchase, to=reach_members(purchase.employer_id, Role.MANAGER), number=new)


@transaction()
def approve(actor: Actor, allocation: Allocation) -> None:
    """The manager lets the person have the seat; the person is written to."""
    authorise(policies.can_approve, actor, allocation)
    _approve(actor, allocation.purchase, [allocation])


@transaction()
def approve_all(actor: Actor, purchase: SeatPurchase) -> int:
    """The manager lets everybody who was proposed have a seat; returns how many."""
    authorise(policies.can_approve_all, actor, purchase)
    waiting = queries.proposed(purchase.id)
    _approve(actor, purchase, waiting)
    return len(waiting)


def _approve(actor: Actor, purchase: SeatPurchase, waiting: Sequence[Allocation]) -> None:
    cohort = _cohort(purchase)
    zone = cohorts.zone_of(cohort)
    require(policies.why_not_nominate(purchase, cohort, today=clock.today(zone)))
    for one in waiting:
        one.until_at = _until(cohort, zone)
        turns.move(actor, LIFECYCLE, "approve", one, due=one.until_at)
        record(actor, Event.ALLOCATED, one)
        notify(Notice.ALLOCATED, one, to=_nominee(one))
    db.session.flush()  # those who still wait are counted
    _await_approval(purchase)


@transaction()
def accept(actor: Learner, allocation: Allocation) -> None:
    """The person takes the seat: enrolled at once, and the employer sees how far they are."""
    authorise(policies.can_accept, actor, allocation)
    cohort, trainee = _cohort(allocation.purchase), trainee_of(actor.trainee_id)
    today = clock.today(cohorts.zone_of(cohort))
    require(policies.why_not_accept(allocation, cohort, trainee, consented=is_given(trainee.id), today=today))
    assert allocation.purchase.pool_id is not None, "agreed_with_a_pool"
    enrolment = reserved.take(actor, cohort, pool_id=allocation.purchase.pool_id)
    allocation.trainee_id, allocation.enrolment_id = trainee.id, enrolment.id
    turns.move(actor, LIFECYCLE, "accept", allocation)
    until = clock.end_of(cohort.ends_on, cohorts.zone_of(cohort)) + SEEN
    disclosures.disclose(actor, trainee, Because.NOMINATION, allocation, to=allocation.employer_id, until=until, first=True)
    record(actor, Event.ACCEPTED, allocation, enrolment=enrolment.id)
    notify(Notice.ACCEPTED, allocation, to=buyers(allocation.purchase))


@transaction()
def decline(actor: Learner, allocation: Allocation, *, reason: str) -> None:
    """The person does not take the seat, and says why."""
    authorise(policies.can_decline, actor, allocation)
    allocation.trainee_id = actor.trainee_id
    _end(actor, allocation, "decline", Event.DECLINED, reason=reason)
    notify(Notice.DECLINED, allocation, to=buyers(allocation.purchase))


@transaction()
def cancel(actor: Actor, allocation: Allocation, *, reason: str) -> None:
    """The employer takes a nomination back, and says why to whoever has been written to."""
    authorise(policies.can_cancel, actor, allocation)
    told = allocation.state is State.ALLOCATED
    _end(actor, allocation, "cancel", Event.CANCELLED, reason=reason)
    if told:
        notify(Notice.CANCELLED, allocation, to=_nominee(allocation))


@transaction()
def expire(actor: System, allocation: Allocation) -> None:
    """The time to answer is over; nothing happens when there was an answer."""
    if allocation.state is State.ALLOCATED and allocation.until_at is not None and allocation.until_at <= clock.now():
        _end(actor, allocation, "expire", Event.EXPIRED)
        notify(Notice.EXPIRED, allocation, to=buyers(allocation.purchase))


@transaction()
def miss(actor: System, *, cohort_id: int) -> None:
    """Training has begun: whoever has not answered goes without a seat."""
    for one in queries.open_in(cohort_id):
        reread(db.session, one)
        _end(actor, one, "expire", Event.EXPIRED)
        notify(Notice.EXPIRED, one, to=buyers(one.purchase))


@transaction()
def release(actor: System, *, cohort_id: int) -> None:
    """The cohort was cancelled: nobody keeps a seat in it."""
    for one in queries.open_in(cohort_id):
        reread(db.session, one)
        told = one.state is State.ALLOCATED
        _end(actor, one, "release", Event.RELEASED)
        if told:
            notify(Notice.CANCELLED, one, to=_nominee(one))


@transaction()
def reverse(actor: System, *, enrolment_id: int) -> None:
    """Whoever took the seat has left before completing: it has become free with the enrolment, and the employer learns of it."""
    allocation = queries.left(enrolment_id)
    if allocation is None or allocation.trainee_id is None:
        return
    reread(db.session, allocation)
    turns.move(actor, LIFECYCLE, "reverse", allocation)
    disclosures.withdraw(actor, trainee_of(allocation.trainee_id), Because.NOMINATION, allocation)
    record(actor, Event.REVERSED, allocation, enrolment=enrolment_id)
    notify(Notice.REVERSED, allocation, to=buyers(allocation.purchase))


@transaction()
def meet(actor: System, *, trainee: Trainee) -> int:
    """Somebody has the account of an address now: what was kept for it is theirs to answer; returns how many."""
    found = queries.unmet(trainee)
    for one in found:
        reread(db.session, one)
        one.trainee_id = trainee.id
        if one.state is State.ALLOCATED:
            turn = LIFECYCLE.turns[State.ALLOCATED]
            turns.close(one)
            turns.ask(one, turn.party, turn.verb, due=one.until_at, silence=turn.silence)
        record(actor, Event.MET, one, trainee=trainee.id)
    return len(found)


def _end(actor: Actor, allocation: Allocation, verb: str, event: Event, *, reason: str | None = None) -> None:
    """Ends what was not accepted; its seat is the employer's to promise again."""
    was = allocation.state
    turns.move(actor, LIFECYCLE, verb, allocation, reason=reason)
    allocation.words = reason
    record(actor, event, allocation, detail={"reason": reason} if reason else None)
    assert allocation.purchase.pool_id is not None, "agreed_with_a_pool"
    seats.let_go(allocation.purchase.pool_id)
    if was is State.PROPOSED:
        db.session.flush()  # those who still wait are counted
        _await_approval(allocation.purchase)


def _nominee(allocation: Allocation) -> list[Recipient]:
    """The person: by account once it is known, else by the address."""
    account_id = trainee_of(allocation.trainee_id).account_id if allocation.trainee_id is not None else None
    return [_recipient(allocation, account_id)]


def _recipient(allocation: Allocation, account_id: int | None) -> Recipient:
    return Recipient("account", account_id) if account_id is not None else Recipient("nominee", allocation.id)


@transaction()
def take_back(actor: Actor, *, ids: Sequence[int], reason: str) -> None:
    """Cancels nominations that a list brought."""
    for one in queries.whole(actor, ids):
        cancel(actor, one, reason=reason)
