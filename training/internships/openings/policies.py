"""Who sees which opening, and who offers, closes and withdraws it."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from training.internships.openings.models import Opening
from training.internships.openings.workflow import State
from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.organisations import policies as organisations
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState

OFFERERS = (Role.MANAGER, Role.RECRUITER)
"""The roles that offer openings for their employer."""


def offered() -> ColumnElement[bool]:
    """As a condition: open, by an employer that may show itself."""
    verified = select(Organisation.id).where(Organisation.state == OrganisationState.VERIFIED)
    return and_(Opening.state == State.OPEN, Opening.employer_id.in_(verified))


def visible_to(actor: Actor) -> Select[Opening]:
    """Open ones of verified employers to everybody; an employer's own in any state to its people."""
    match actor:
        case System():
            return select(Opening)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=mine):
            return select(Opening).where(or_(offered(), Opening.employer_id == mine))
        case Member() | Learner() | Visitor():
            return select(Opening).where(offered())
        case Bearer():
            return select(Opening).where(false())
        case _:
            return select(Opening).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Employers list their openings."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER


def can_make(actor: Actor, employer: Organisation) -> bool:
    """An employer's managers and recruiters."""
    return employer.kind is OrganisationKind.EMPLOYER and holds(actor, *OFFERERS, at=employer.id)


def can_show(actor: Actor, opening: Opening) -> bool:
    """The employer's own page of it is for its people."""
    return isinstance(actor, Member) and actor.organisation_id == opening.employer_id


def can_edit(actor: Actor, opening: Opening) -> bool:
    """The employer's managers and recruiters."""
    return holds(actor, *OFFERERS, at=opening.employer_id)


def can_open(actor: Actor, opening: Opening) -> bool:
    """The employer's managers and recruiters."""
    return can_edit(actor, opening)


def can_close(actor: Actor, opening: Opening) -> bool:
    """The employer's managers and recruiters."""
    return can_edit(actor, opening)


def can_withdraw(actor: Actor, opening: Opening) -> bool:
    """The employer's managers and recruiters."""
    return can_edit(actor, opening)


def shift_minutes(begin: time, end: time) -> int:
    """How long a shift is; one that ends before it begins goes past midnight."""
    day = date(2000, 1, 1)
    return int((datetime.combine(day, end) - datetime.combine(day, begin)) % timedelta(days=1) / timedelta(minutes=1)) or 1440


def why_not_terms(
    *, starts_on: date, ends_on: date, weekly_hours: int, daily_hours: int, shift_from: time, shift_to: time
) -> list[str | LazyString]:
    """What does not fit in an opening's dates and hours."""
    found: list[str | LazyString] = []
    if ends_on < starts_on:
        found.append(_l("The last day is before the first. Change one of them."))
    if daily_hours > weekly_hours:
        found.append(_l("A day cannot have more hours than the week."))
    if shift_minutes(shift_from, shift_to) < daily_hours * 60:
        found.append(_l("The shift is shorter than the hours of a day. Change one of them."))
    return found


def why_not_edit(opening: Opening, *, places: int, taken: int) -> list[str | LazyString]:
    """An opening that is over stays as it was, and places that are taken stay."""
    if opening.state is State.WITHDRAWN:
        return [_l("This opening is withdrawn. Make a new one.")]
    if places < taken:
        return [_l("%(taken)d places are taken already, so there cannot be fewer.", taken=taken)]
    return []


def why_not_open(opening: Opening) -> list[str | LazyString]:
    """The employer is verified and the first day is still to come."""
    found = list(organisations.why_not_publish(opening.employer))
    if opening.starts_on < clock.today(opening.employer.zone):
        found.append(_l("Its first day is over. Change the dates first."))
    return found
