"""Offering a job, and every way the offer ends; the accepted one hires."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.candidates.applications import services as applications
from training.candidates.applications.models import Application
from training.candidates.applications.queries import elsewhere
from training.candidates.offers import policies, queries
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import LIFECYCLE, Event, Notice, Refusal, State
from training.candidates.vacancies.queries import pool
from training.candidates.vacancies.services import fill_position
from training.courses.enrolments.services import count_hire
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.money import Money
from training.kernel.policy import Actor, NotNow, System, authorise, require
from training.notices.services import notify
from training.trainees.employments.services import employ
from training.trainees.engagements.models import EngagementKind
from training.trainees.engagements.services import engage
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def send(
    actor: Actor,
    application: Application,
    *,
    position: str,
    pay: Money,
    starts_on: date,
    expires_at: datetime,
    conditions: str | None = None,
) -> Offer:
    """Offers the job; there is one live offer an application, and no more live offers than free positions."""
    authorise(policies.can_send, actor, application)
    hold(application.vacancy)
    today = clock.today(application.vacancy.employer.zone)
    free, out = pool(application.vacancy_id).free, queries.count_out(application.vacancy_id)
    require(policies.why_not_send(application, today=today, starts_on=starts_on, expires_at=expires_at, free=free, out=out))
    offer = Offer(
        application_id=application.id,
        employer_id=application.employer_id,
        trainee_id=application.trainee_id,
        position=position,
        pay=pay.minor,
        currency=pay.currency,
        starts_on=starts_on,
        conditions=conditions,
        expires_at=expires_at,
        state=State.SENT,
    )
    try:
        with db.session.begin_nested():
            db.session.add(offer)
    except IntegrityError:
        raise NotNow(_l("An offer is out already. Withdraw it first.")) from None
    begin(actor, LIFECYCLE, offer, due=expires_at)
    record(actor, Event.SENT, offer, application=application.id, pay=pay, starts_on=starts_on, expires_at=expires_at)
    applications.offer(actor, application, until=expires_at)
    notify(Notice.SENT, offer, to=reach(application.trainee), expires_at=expires_at)
    return offer


@transaction()
def accept(actor: Actor, offer: Offer) -> None:
    """The candidate is hired: the position is filled, other employers are told, the vacancy closes with its last position."""
    authorise(policies.can_accept, actor, offer)
    application = offer.application
    hold(application.trainee)
    reread(db.session, offer)
    require(policies.why_not_accept(offer))
    reread(db.session, application)
    reread(db.session, application.vacancy)
    move(actor, LIFECYCLE, "accept", offer)
    fill_position(actor, application.vacancy)
    applications.hire(actor, application)
    trainee = application.trainee
    employment = employ(trainee, offer, employer_id=offer.employer_id, position=offer.position, began_on=offer.starts_on)
    engage(trainee, EngagementKind.EMPLOYMENT, offer, at=offer.employer_id, from_on=offer.starts_on)
    count_hire(trainee, offer.starts_on)
    record(actor, Event.ACCEPTED, offer, application=application.id, employment=employment.id)
    notify(Notice.ACCEPTED, offer, to=[*applications.recruiters(application), *reach(trainee)])
    for other in elsewhere(trainee.id, offer.employer_id):
        _give_way(actor, other)


@transaction()
def decline(actor: Actor, offer: Offer, *, reason: Refusal, words: str | None = None) -> None:
    """The candidate does not take it; the application is open again."""
    authorise(policies.can_decline, actor, offer)
    with db.session.no_autoflush:
        move(actor, LIFECYCLE, "decline", offer, reason=reason.value)
        offer.refusal, offer.words = reason, words
    record(actor, Event.DECLINED, offer, detail={"words": words} if words else None, reason=reason)
    applications.reopen(actor, offer.application)
    notify(Notice.DECLINED, offer, to=applications.recruiters(offer.application))


@transaction()
def expire(actor: System, offer: Offer) -> None:
    """Nobody answered in time; the application is open again. Nothing happens when somebody has."""
    if offer.state is not State.SENT or offer.expires_at > clock.now():
        return
    move(actor, LIFECYCLE, "expire", offer)
    record(actor, Event.EXPIRED, offer)
    applications.reopen(actor, offer.application)
    notify(Notice.EXPIRED, offer, to=[*applications.recruiters(offer.application), *reach(offer.application.trainee)])


@transaction()
def withdraw(actor: Actor, offer: Offer, *, reason: str) -> None:
    """The employer takes it back; the application is open again."""
    authorise(policies.can_withdraw, actor, offer)
    move(actor, LIFECYCLE, "withdraw", offer, reason=reason)
    offer.words = reason
    record(actor, Event.WITHDRAWN, offer, detail={"reason": reason})
    applications.reopen(actor, offer.application)
    notify(Notice.WITHDRAWN, offer, to=reach(offer.application.trainee))


def _give_way(actor: Actor, application: Application) -> None:
    """Another employer's application ends because the candidate was hired here; an offer of theirs is declined by that."""
    offer = queries.live_of(application.id)
    if offer is not None:
        with db.session.no_autoflush:
            move(actor, LIFECYCLE, "give_way", offer)
            offer.refusal = Refusal.OTHER_WORK
        record(actor, Event.DECLINED, offer, reason=Refusal.OTHER_WORK)
    applications.lose(actor, application)
