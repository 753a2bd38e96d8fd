"""Who sees waivers, and who grants them."""

from sqlalchemy import ColumnElement, Select, exists, false, select

from training.courses.programmes.models import ProgrammeVersion
from training.courses.waivers.models import Waiver, WaiverRevocation
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds


def visible_to(actor: Actor) -> Select[Waiver]:
    """One's own; those of a school to its people."""
    match actor:
        case System():
            return select(Waiver)
        case Learner(trainee_id=me):
            return select(Waiver).where(Waiver.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Waiver).where(Waiver.school_id == mine)
        case _:
            return select(Waiver).where(false())


def standing() -> ColumnElement[bool]:
    """As a condition on Waiver: nobody has revoked it."""
    return ~exists().where(WaiverRevocation.waiver_id == Waiver.id)


def can_show(actor: Actor, waiver: Waiver) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=waiver.school_id)


def can_revoke(actor: Actor, waiver: Waiver) -> bool:
    """Those who grant."""
    return can_show(actor, waiver)


def can_see(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=version.school_id)


def can_grant(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=version.school_id)


def why_not_grant(version: ProgrammeVersion, *, known: bool, waived: bool) -> list[str | LazyString]:
    """The version asks for something, the school knows the person, and they have not been let in already."""
    if version.needs is None:
        return [_l("This version asks for nothing beforehand.")]
    if not known:
        return [_l("Your school does not know this person. Choose one who is found.")]
    return [_l("This person has been let in already.")] if waived else []


def why_not_revoke(waiver: Waiver, *, revoked: bool, begun: bool) -> list[str | LazyString]:
    """It counts still, and the person has not begun by it."""
    if revoked:
        return [_l("This was revoked already.")]
    if begun:
        name = waiver.trainee.name
        return [_l("%(trainee)s has applied or has a seat by this already, so it stays. Decide on the enrolment instead.", trainee=name)]
    return []
