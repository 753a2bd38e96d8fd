"""Who buys seats, who sells them, and when."""

from datetime import date

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.policies import why_not_join
from training.courses.purchases.models import SeatPurchase
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, Visitor, holds
from training.organisations.models import Organisation

BUYERS = (Role.MANAGER, Role.RECRUITER)
"""Who of an employer deals with its people's training."""


def visible_to(actor: Actor) -> Select[SeatPurchase]:
    """The school's people, and whoever deals with training at the employer."""
    match actor:
        case System():
            return select(SeatPurchase)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, roles=roles) if not roles.isdisjoint(BUYERS):
            return select(SeatPurchase).where(SeatPurchase.employer_id == here)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=here):
            return select(SeatPurchase).where(SeatPurchase.school_id == here)
        case _:
            return select(SeatPurchase).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools, and those of employers who deal with training."""
    if not isinstance(actor, Member):
        return False
    return actor.kind is OrganisationKind.SCHOOL or (actor.kind is OrganisationKind.EMPLOYER and not actor.roles.isdisjoint(BUYERS))


def can_see(actor: Actor, purchase: SeatPurchase) -> bool:
    """Both sides."""
    here = actor.organisation_id if isinstance(actor, Member) else None
    return can_list(actor) and here in (purchase.school_id, purchase.employer_id)


def can_choose(actor: Actor, cohort: Cohort) -> bool:
    """Whoever is signed in finds out for whom they may buy."""
    return isinstance(actor, Visitor) and actor.account_id is not None


def can_ask(actor: Actor, cohort: Cohort) -> bool:
    """Managers of an employer speak for it."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER and holds(actor, Role.MANAGER, at=actor.organisation_id)


def can_withdraw(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the employer."""
    return holds(actor, Role.MANAGER, at=purchase.employer_id)


def can_give_back(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the employer."""
    return holds(actor, Role.MANAGER, at=purchase.employer_id)


def can_agree(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=purchase.school_id)


def can_refuse(actor: Actor, purchase: SeatPurchase) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=purchase.school_id)


def why_not_ask(cohort: Cohort, employer: Organisation, *, today: date) -> list[str | LazyString]:
    """A verified employer, and a cohort that can still be joined."""
    found = why_not_join(cohort, today=today)
    if not employer.active:
        found.append(_l("Your organisation has to be verified before it buys seats."))
    return found


def why_not_agree(purchase: SeatPurchase, *, free: int, today: date) -> list[str | LazyString]:
    """The cohort can still be joined, and so many of its seats paid by employers are free."""
    found = why_not_join(purchase.cohort, today=today)
    if free < purchase.seats:
        found.append(
            _l(
                "Asked for: %(asked)d. Free among the seats that employers may pay for: %(free)d. Change the seats of the cohort first.",
                asked=purchase.seats,
                free=free,
            )
        )
    return found
