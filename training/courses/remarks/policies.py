"""Who makes remarks on a version, who answers, and who says that a remark is settled."""

from sqlalchemy import Select, false, or_, select

from training.courses.programmes import policies as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.courses.remarks.models import Remark
from training.courses.remarks.workflow import WRITERS
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, Role, System, holds


def visible_to(actor: Actor) -> Select[Remark]:
    """All of a version to its school's people; to an employer's the employer's own."""
    match actor:
        case System():
            return select(Remark)
        case Member(organisation_id=here):
            return select(Remark).where(or_(Remark.school_id == here, Remark.organisation_id == here))
        case _:
            return select(Remark).where(false())


def can_see(actor: Actor, remark: Remark) -> bool:
    """The school's people, and those of whoever made it."""
    return isinstance(actor, Member) and actor.organisation_id in (remark.school_id, remark.organisation_id)


def can_add(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever reviews it: at the school, but not the one who handed it in."""
    return programmes.can_publish(actor, version)


def can_answer(actor: Actor, remark: Remark) -> bool:
    """Whoever writes the programme; not the one who made the remark."""
    return holds(actor, *WRITERS, at=remark.school_id) and isinstance(actor, Member) and actor.account_id != remark.author_id


def can_settle(actor: Actor, remark: Remark) -> bool:
    """The side that made it; not the one who answered it."""
    roles = WRITERS if remark.organisation_id == remark.school_id else (Role.MANAGER,)
    return holds(actor, *roles, at=remark.organisation_id) and isinstance(actor, Member) and actor.account_id != remark.answered_by


def why_not_add(version: ProgrammeVersion) -> list[str | LazyString]:
    """The school's own people speak while it is in review."""
    if version.state is VersionState.IN_REVIEW:
        return []
    return [_l("Remarks are made while the version is in review.")]


def why_not_add_for(version: ProgrammeVersion) -> list[str | LazyString]:
    """An employer that is asked may speak as soon as there is a draft."""
    return [] if version.open else why_not_move(version)


def why_not_move(version: ProgrammeVersion) -> list[str | LazyString]:
    """What is published or retired stays as it is."""
    if version.state in (VersionState.DRAFT, VersionState.IN_REVIEW):
        return []
    return [_l("This version is finished. Write what you miss as a message; the next version can take it up.")]
