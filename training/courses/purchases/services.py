"""Buying seats of a cohort for one's employees, and giving back what is not needed."""

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import reserved
from training.courses.enrolments.policies import why_not_join
from training.courses.purchases import policies, queries
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import BUYERS
from training.courses.purchases.workflow import LIFECYCLE, Event, Notice, State
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.turns.services import begin, move


@transaction()
def ask(actor: Member, cohort: Cohort, *, employer: Organisation, seats: int, terms: str | None = None) -> SeatPurchase:
    """An employer asks a school for seats of a cohort that are kept for its people."""
    authorise(policies.can_ask, actor, cohort)
    today = clock.today(cohorts.zone_of(cohort))
    require(policies.why_not_ask(cohort, employer, today=today))
    purchase = SeatPurchase(
        school_id=cohort.school_id,
        cohort_id=cohort.id,
        cohort=cohort,
        employer_id=actor.organisation_id,
        employer=employer,
        seats=seats,
        terms=terms,
        asked_on=today,
    )
    try:
        with db.session.begin_nested():
            db.session.add(purchase)
    except IntegrityError:
        raise NotNow(_l("You have asked for seats of this cohort already. Withdraw that request to ask for another number.")) from None
    begin(actor, LIFECYCLE, purchase)
    record(actor, Event.ASKED, purchase, seats=seats)
    notify(Notice.ASKED, purchase, to=_school(purchase))
    return purchase


@transaction()
def agree(actor: Actor, purchase: SeatPurchase) -> None:
    """The school keeps so many seats for the employer; from now on nobody else can apply for them."""
    authorise(policies.can_agree, actor, purchase)
    reread(db.session, purchase.cohort)
    require(why_not_agree(purchase))
    pool = reserved.set_apart(purchase.cohort, employer_id=purchase.employer_id, number=purchase.seats)
    if pool is None:
        raise NotNow(_l("Somebody has just taken a seat. Look at the numbers again."))
    purchase.pool_id = pool.id
    move(actor, LIFECYCLE, "agree", purchase)
    record(actor, Event.AGREED, purchase, seats=purchase.seats)
    notify(Notice.AGREED, purchase, to=buyers(purchase))


def why_not_agree(purchase: SeatPurchase) -> list[str | LazyString]:
    """What stands in the way of agreeing as the seats are now."""
    source = reserved.open_pool(purchase.cohort_id)
    return policies.why_not_agree(purchase, free=source.free if source else 0, today=clock.today(cohorts.zone_of(purchase.cohort)))


@transaction()
def refuse(actor: Actor, purchase: SeatPurchase, *, reason: str) -> None:
    """The school does not sell these seats, and says why."""
    authorise(policies.can_refuse, actor, purchase)
    move(actor, LIFECYCLE, "refuse", purchase, reason=reason)
    purchase.words = reason
    record(actor, Event.REFUSED, purchase, detail={"reason": reason})
    notify(Notice.REFUSED, purchase, to=buyers(purchase))


@transaction()
def withdraw(actor: Actor, purchase: SeatPurchase) -> None:
    """The employer does not need the seats after all."""
    authorise(policies.can_withdraw, actor, purchase)
    move(actor, LIFECYCLE, "withdraw", purchase)
    record(actor, Event.WITHDRAWN, purchase)
    notify(Notice.WITHDRAWN, purchase, to=_school(purchase))


@transaction()
def give_back(actor: Actor, purchase: SeatPurchase, *, seats: int) -> None:
    """So many seats that nobody uses are anybody's again; the last one ends the purchase."""
    authorise(policies.can_give_back, actor, purchase)
    reread(db.session, purchase.cohort)
    require(why_not_join(purchase.cohort, today=clock.today(cohorts.zone_of(purchase.cohort))))
    if not LIFECYCLE.can("give_back", purchase.state) or purchase.pool_id is None:
        raise NotNow(_l("There are no seats to give back."))
    if not reserved.give_back(purchase.cohort, pool_id=purchase.pool_id, number=seats):
        pool = queries.seats_of(purchase)
        raise NotNow(_l("Only seats that are kept for nobody can be given back: %(free)d.", free=pool.free if pool else 0), field="seats")
    left = queries.seats_of(purchase)
    if left is None or left.seats == 0:
        move(actor, LIFECYCLE, "give_back", purchase)
    record(actor, Event.RETURNED, purchase, seats=seats)
    notify(Notice.RETURNED, purchase, to=_school(purchase), seats=seats)


@transaction()
def lapse(actor: System, purchase: SeatPurchase) -> None:
    """The school did not answer in time; nothing happens when it has."""
    if purchase.state is State.ASKED:
        move(actor, LIFECYCLE, "lapse", purchase)
        record(actor, Event.LAPSED, purchase)
        notify(Notice.LAPSED, purchase, to=buyers(purchase))


@transaction()
def release(actor: System, *, cohort_id: int) -> int:
    """The cohort does not take place: nobody has seats in it; returns how many purchases end."""
    over = queries.standing(cohort_id)
    for purchase in over:
        reread(db.session, purchase)
        move(actor, LIFECYCLE, "release", purchase)
        record(actor, Event.RELEASED, purchase)
        notify(Notice.RELEASED, purchase, to=buyers(purchase))
    return len(over)


def buyers(purchase: SeatPurchase) -> list[Recipient]:
    """Those of the employer who deal with its people's training."""
    return reach(purchase.employer_id, *BUYERS)


def _school(purchase: SeatPurchase) -> list[Recipient]:
    return reach(purchase.school_id, Role.MANAGER)
