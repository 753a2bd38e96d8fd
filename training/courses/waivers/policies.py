"""Who sees waivers, and who grants them."""

from sqlalchemy import Select, false, select

from training.courses.programmes.models import ProgrammeVersion
from training.courses.waivers.models import Waiver
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
