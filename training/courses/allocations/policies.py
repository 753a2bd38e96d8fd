"""Who names people for bought seats, who approves, who answers."""

from datetime import date

from sqlalchemy import Select, and_, exists, false, or_, select

from training.accounts.models import Account
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import State
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.policies import why_not_join
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import BUYERS
from training.courses.purchases.workflow import State as PurchaseState
from training.kernel.i18n import LazyString, _l, ngettext
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.trainees.profiles.models import Trainee

STUDIED = (State.ACCEPTED, State.REVERSED)
"""Where an allocation stands once the school knows the person."""


def visible_to(actor: Actor) -> Select[Allocation]:
    """An employer's own to those who deal with training there; those who took a seat to its school; what one was written about, by the address of the account."""
    match actor:
        case System():
            return select(Allocation)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, roles=roles) if not roles.isdisjoint(BUYERS):
            return select(Allocation).where(Allocation.employer_id == here)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=here):
            sold = exists().where(SeatPurchase.id == Allocation.purchase_id, SeatPurchase.school_id == here)
            return select(Allocation).where(sold, Allocation.state.in_(STUDIED))
        case Learner(account_id=account, trainee_id=me):
            address = select(Account.email_key).where(Account.id == account, Account.confirmed_at.is_not(None)).scalar_subquery()
            mine = or_(Allocation.trainee_id == me, and_(Allocation.trainee_id.is_(None), Allocation.email_key == address))
            return select(Allocation).where(mine, Allocation.until_at.is_not(None))
        case _:
            return select(Allocation).where(false())


def can_import(actor: Actor, subject: object = None) -> bool:
    """Those who deal with training at an employer."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER and not actor.roles.isdisjoint(BUYERS)


def can_nominate(actor: Actor, purchase: SeatPurchase) -> bool:
    """Recruiters and managers of the employer."""
    return can_import(actor) and holds(actor, *BUYERS, at=purchase.employer_id)


def approves(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the employer: whom they name needs nobody's approval."""
    return holds(actor, Role.MANAGER, at=purchase.employer_id)


def can_approve_all(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the employer."""
    return approves(actor, purchase)


def can_approve(actor: Actor, allocation: Allocation) -> bool:
    """Managers of the employer."""
    return holds(actor, Role.MANAGER, at=allocation.employer_id)


def can_cancel(actor: Actor, allocation: Allocation) -> bool:
    """Recruiters and managers of the employer."""
    return holds(actor, *BUYERS, at=allocation.employer_id)


def can_see(actor: Actor, allocation: Allocation) -> bool:
    """The person."""
    return isinstance(actor, Learner)


def can_accept(actor: Actor, allocation: Allocation) -> bool:
    """The person."""
    return isinstance(actor, Learner)


def can_decline(actor: Actor, allocation: Allocation) -> bool:
    """The person."""
    return isinstance(actor, Learner)


def can_follow(actor: Actor, subject: object = None) -> bool:
    """Whoever has the letter; what it leads to is asked there."""
    return isinstance(actor, Visitor)


def why_not_nominate(purchase: SeatPurchase, cohort: Cohort, *, today: date) -> list[str | LazyString]:
    """The seats are bought, and the cohort can still be joined."""
    if purchase.state is not PurchaseState.AGREED:
        return [_l("The school has not agreed to these seats.")]
    return why_not_join(cohort, today=today)


def why_not_so_many(free: int) -> list[str | LazyString]:
    """There are fewer free seats than people."""
    if not free:
        return [_l("No seat is left: all that were bought are taken or kept for somebody. Buy more, or cancel a nomination first.")]
    return [
        ngettext(
            "Only %(num)s seat is left. Buy more, or cancel a nomination first.",
            "Only %(num)s seats are left. Buy more, or cancel a nomination first.",
            free,
        )
    ]


def unready(name: str) -> LazyString:
    """What an employer is told of somebody whom it names, and no more."""
    return _l(
        "%(name)s does not yet meet what this programme builds on. "
        "They can take the seat once they do, or once the school lets them in without it.",
        name=name,
    )


def why_not_accept(allocation: Allocation, cohort: Cohort, trainee: Trainee, *, consented: bool, today: date) -> list[str | LazyString]:
    """The seat is still kept, the cohort can be joined, and nobody under 18 is shown to an employer without a guardian's consent."""
    if allocation.state is not State.ALLOCATED:
        return [_l("This seat is not kept for you any more: %(state)s.", state=allocation.state.label)]
    found = why_not_join(cohort, today=today)
    if trainee.is_minor() and not consented:
        found.append(_l("You are under 18: a parent or guardian has to agree before an employer sees you. Ask them first."))
    return found
