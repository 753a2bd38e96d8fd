"""Asking for a move, the answers of both schools, and the move itself."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach as reach_members
from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import calling, guarding, prior, seats
from training.courses.enrolments.models import Enrolment
from training.courses.transfers import moving, policies, queries
from training.courses.transfers.models import Transfer
from training.courses.transfers.workflow import LIFECYCLE, SEATED, Event, Notice
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.policies import why_not_publish
from training.trainees.consents import steps
from training.trainees.consents.policies import why_not_go_on, why_not_stay
from training.trainees.consents.workflow import Purpose
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def ask(actor: Actor, enrolment: Enrolment, *, cohort: Cohort, words: str) -> Transfer:
    """The trainee asks another school, which may read from now on what they have passed."""
    authorise(policies.can_ask, actor, enrolment)
    today = clock.today(zone_of(cohort))
    standing = queries.is_standing(enrolment.trainee_id, cohort.id)
    require(policies.why_not_ask(enrolment, cohort, today=today, standing=standing, asked=queries.open_of(enrolment.id)))
    transfer = Transfer(
        enrolment_id=enrolment.id,
        enrolment=enrolment,
        sending_id=enrolment.school_id,
        cohort_id=cohort.id,
        cohort=cohort,
        receiving_id=cohort.school_id,
        words=words,
        asked_on=today,
    )
    try:
        with db.session.begin_nested():
            db.session.add(transfer)
    except IntegrityError:
        raise NotNow(_l("You have asked a school already. Take that back first.")) from None
    begin(actor, LIFECYCLE, transfer)
    record(actor, Event.ASKED, transfer, detail={"words": words}, enrolment=enrolment.id, cohort=cohort.id)
    disclosures.disclose(actor, enrolment.trainee, Because.TRANSFER, transfer, to=transfer.receiving_id, first=True)
    notify(Notice.ASKED, transfer, to=_receiving(transfer))
    _need_guardian(transfer)
    return transfer


def _need_guardian(transfer: Transfer) -> None:
    """A minor's guardian is asked from now on: the other school accepts when the answer is yes."""
    trainee, cohort = transfer.enrolment.trainee, transfer.cohort
    if trainee.is_minor():
        until = clock.end_of(policies.latest(cohort), zone_of(cohort))
        about = guarding.words(cohort.id)
        steps.need(trainee, Purpose.TRANSFER, transfer, school_id=transfer.receiving_id, about=about, until=until)


@transaction()
def accept(actor: Actor, transfer: Transfer, *, from_on: date, funding: Funding) -> None:
    """The other school keeps a seat from now on and says from which day; of a minor once a guardian has agreed."""
    authorise(policies.can_accept, actor, transfer)
    reread(db.session, transfer.enrolment)
    trainee, cohort = transfer.enrolment.trainee, transfer.cohort
    today = clock.today(transfer.receiving.zone)
    require(why_not_publish(transfer.receiving))
    standing, lack = queries.is_standing(trainee.id, cohort.id), prior.lack_of(trainee.id, cohort)
    require(policies.why_not_accept(transfer, today=today, standing=standing, lack=lack))
    require(policies.why_not_begin(cohort, on=from_on, today=today), field="from_on")
    require(why_not_go_on(trainee, consent=queries.consent(transfer)))
    pool = queries.pool(cohort.id, funding)
    require(policies.why_not_sit(pool), field="funding")
    if pool is None or not seats.take(pool):
        raise NotNow(_l("The last seat of this kind was taken just now. Choose another one."), field="funding")
    transfer.pool_id, transfer.from_on = pool.id, from_on
    move(actor, LIFECYCLE, "accept", transfer)
    record(actor, Event.ACCEPTED, transfer, pool=pool.id, from_on=from_on)
    notify(Notice.ACCEPTED, transfer, to=[*_person(transfer), *_sending(transfer)])


@transaction()
def decline(actor: Actor, transfer: Transfer, *, reason: str) -> None:
    """The other school does not take the trainee, or not any more, and says why."""
    authorise(policies.can_decline, actor, transfer)
    told = [*_person(transfer), *(_sending(transfer) if transfer.state in SEATED else ())]
    _end(actor, transfer, "decline", Event.DECLINED, reason=reason)
    notify(Notice.DECLINED, transfer, to=told)


@transaction()
def confirm(actor: Actor, transfer: Transfer) -> bool:
    """The trainee's own school lets them go; they move at once if the day has come. Returns whether they have moved."""
    authorise(policies.can_confirm, actor, transfer)
    reread(db.session, transfer.enrolment)
    standing = queries.is_standing(transfer.enrolment.trainee_id, transfer.cohort_id)
    require(policies.why_not_complete(transfer, standing=standing))
    require(why_not_stay(transfer.enrolment.trainee, consent=queries.consent(transfer)))
    move(actor, LIFECYCLE, "confirm", transfer)
    record(actor, Event.CONFIRMED, transfer)
    if transfer.from_on is not None and transfer.from_on <= clock.today(transfer.receiving.zone):
        _complete(System("transfers.complete"), transfer)
        return True
    notify(Notice.CONFIRMED, transfer, to=[*_person(transfer), *_receiving(transfer)])
    return False


@transaction()
def refuse(actor: Actor, transfer: Transfer, *, reason: str) -> None:
    """The trainee's own school does not let them go now, and says what is owed."""
    authorise(policies.can_refuse, actor, transfer)
    _end(actor, transfer, "refuse", Event.REFUSED, reason=reason)
    notify(Notice.REFUSED, transfer, to=[*_person(transfer), *_receiving(transfer)])


@transaction()
def withdraw(actor: Actor, transfer: Transfer) -> None:
    """The trainee stays where they are."""
    authorise(policies.can_withdraw, actor, transfer)
    told = [*_receiving(transfer), *(_sending(transfer) if transfer.state in SEATED else ())]
    _end(actor, transfer, "withdraw", Event.WITHDRAWN)
    notify(Notice.WITHDRAWN, transfer, to=told)


@transaction()
def tend(actor: System) -> tuple[int, int]:
    """Moves whose day has come happen, those that cannot happen any more end; returns how many of each."""
    moved = ended = 0
    today = clock.today()
    for key in [*queries.stranded(today), *queries.due(today)]:
        transfer = queries.transfer(actor, key)
        reread(db.session, transfer)
        reread(db.session, transfer.enrolment)
        standing = queries.is_standing(transfer.enrolment.trainee_id, transfer.cohort_id)
        if policies.is_stranded(transfer, today=clock.today(transfer.receiving.zone), standing=standing):
            _lapse(actor, transfer)
            ended += 1
        elif policies.is_due(transfer, today=clock.today(transfer.receiving.zone)):
            if why_not_stay(transfer.enrolment.trainee, consent=queries.consent(transfer)):
                _lapse(actor, transfer)
                ended += 1
                continue
            _complete(actor, transfer)
            moved += 1
    return moved, ended


def _complete(actor: System, transfer: Transfer) -> None:
    """Both moves, inside the running transaction."""
    made = moving.carry_out(actor, transfer)
    transfer.made_id = made.id
    move(actor, LIFECYCLE, "complete", transfer)
    steps.lapse(transfer)
    disclosures.withdraw(actor, transfer.enrolment.trainee, Because.TRANSFER, transfer)
    record(actor, Event.COMPLETED, transfer, made=made.id)
    notify(Notice.COMPLETED, transfer, to=[*_person(transfer), *_receiving(transfer), *_sending(transfer)])


def _lapse(actor: System, transfer: Transfer) -> None:
    told = [*_person(transfer), *_receiving(transfer), *(_sending(transfer) if transfer.state in SEATED else ())]
    _end(actor, transfer, "lapse", Event.LAPSED)
    notify(Notice.LAPSED, transfer, to=told)


def _end(actor: Actor, transfer: Transfer, verb: str, event: Event, *, reason: str | None = None) -> None:
    """It comes to nothing: a seat that was kept goes to the next in the queue, and the other school reads nothing more."""
    kept = transfer.pool_id if transfer.state in SEATED else None
    move(actor, LIFECYCLE, verb, transfer, reason=reason)
    transfer.answer = reason
    steps.lapse(transfer)
    record(actor, event, transfer, detail={"reason": reason} if reason else None)
    disclosures.withdraw(actor, transfer.enrolment.trainee, Because.TRANSFER, transfer)
    if kept is not None:
        seats.free(kept)
        calling.promote(transfer.cohort, kept)


def _person(transfer: Transfer) -> list[Recipient]:
    return reach(transfer.enrolment.trainee)


def _receiving(transfer: Transfer) -> list[Recipient]:
    return reach_members(transfer.receiving_id, Role.MANAGER)


def _sending(transfer: Transfer) -> list[Recipient]:
    return reach_members(transfer.sending_id, Role.MANAGER)
