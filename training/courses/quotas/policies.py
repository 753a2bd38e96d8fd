"""Who sees quotas, and who sets them."""

from sqlalchemy import Select, false, select

from training.courses.quotas.models import Quota
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation


def visible_to(actor: Actor) -> Select[Quota]:
    """Those of the schools of one's region, to its authority; a school's own, to everybody there."""
    match actor:
        case System():
            return select(Quota)
        case Member(kind=OrganisationKind.AUTHORITY, organisation_id=mine):
            theirs = select(Organisation.id).where(Organisation.authority_id == mine)
            return select(Quota).where(Quota.school_id.in_(theirs))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Quota).where(Quota.school_id == mine)
        case _:
            return select(Quota).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Everybody at an authority or a school."""
    return isinstance(actor, Member) and actor.kind in (OrganisationKind.AUTHORITY, OrganisationKind.SCHOOL)


def can_add(actor: Actor, authority: Organisation) -> bool:
    """Coordinators of an authority."""
    return holds(actor, Role.COORDINATOR, at=authority.id)


def can_set(actor: Actor, quota: Quota) -> bool:
    """Coordinators of the authority that the school stands under."""
    return can_set_at(actor, quota.school)


def can_set_at(actor: Actor, school: Organisation) -> bool:
    """Coordinators of the authority that the school stands under."""
    return holds(actor, Role.COORDINATOR, at=school.authority_id)


def why_not_set(quota: Quota, seats: int | None) -> list[str | LazyString]:
    """Never fewer than the school's cohorts have planned."""
    if seats is None or seats >= quota.planned:
        return []
    return [
        _l(
            "The school has planned %(planned)d state seats of %(code)s for %(year)d already; the quota cannot be smaller.",
            planned=quota.planned,
            code=quota.code,
            year=quota.year,
        )
    ]
