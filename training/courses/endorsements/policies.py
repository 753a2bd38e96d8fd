"""Who asks whom to endorse what, and when an endorsement counts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.workflow import State
from training.courses.programmes import policies as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.courses.remarks import policies as remarks
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState

ASKABLE = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.PUBLISHED)
"""Where a version stands while employers may be asked about it."""


def visible_to(actor: Actor) -> Select[Endorsement]:
    """The school's and the employer's own people."""
    match actor:
        case System():
            return select(Endorsement)
        case Member(organisation_id=here):
            return select(Endorsement).where(or_(Endorsement.school_id == here, Endorsement.employer_id == here))
        case _:
            return select(Endorsement).where(false())


def counts(today: date) -> ColumnElement[bool]:
    """As a condition on Endorsement joined with its version: given by an employer that is verified now, for this very content, not run out."""
    verified = exists().where(Organisation.id == Endorsement.employer_id, Organisation.state == OrganisationState.VERIFIED)
    return and_(
        Endorsement.state == State.GIVEN,
        Endorsement.content_digest == ProgrammeVersion.content_digest,
        Endorsement.valid_until >= today,
        verified,
    )


def can_list(actor: Actor, subject: object = None) -> bool:
    """Employers list what they were asked for."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER


def can_see(actor: Actor, endorsement: Endorsement) -> bool:
    """Both sides."""
    return isinstance(actor, Member) and actor.organisation_id in (endorsement.school_id, endorsement.employer_id)


def can_ask(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever writes the programme."""
    return programmes.can_edit(actor, version)


def can_recall(actor: Actor, endorsement: Endorsement) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=endorsement.school_id)


def can_give(actor: Actor, endorsement: Endorsement) -> bool:
    """Managers of the employer speak for it."""
    return holds(actor, Role.MANAGER, at=endorsement.employer_id)


def can_decline(actor: Actor, endorsement: Endorsement) -> bool:
    """Those who would give it."""
    return can_give(actor, endorsement)


def can_remark(actor: Actor, endorsement: Endorsement) -> bool:
    """Those who would give it."""
    return can_give(actor, endorsement)


def can_withdraw(actor: Actor, endorsement: Endorsement) -> bool:
    """Those who gave it."""
    return can_give(actor, endorsement)


def why_not_ask(version: ProgrammeVersion, *, standing: Sequence[Endorsement]) -> list[str | LazyString]:
    """A version that is not over, and an employer that neither was asked nor endorses this very content already."""
    found: list[str | LazyString] = []
    if version.state not in ASKABLE:
        found.append(_l("This version is retired. Ask about the one that is taught."))
    for one in standing:
        if one.state is State.ASKED:
            found.append(_l("This employer was asked already and has not answered yet."))
        elif one.content_digest == version.content_digest:
            found.append(_l("This employer endorses it already."))
    return found


def why_not_remark(endorsement: Endorsement, version: ProgrammeVersion) -> list[str | LazyString]:
    """Whoever is asked speaks while the version is made; so does whoever has endorsed what is in review."""
    if endorsement.state not in (State.ASKED, State.GIVEN):
        return [_l("You are not asked about this version any more.")]
    return remarks.why_not_add_for(version)


def why_not_give(version: ProgrammeVersion) -> list[str | LazyString]:
    """Content that may still change cannot be endorsed."""
    if version.open:
        return [
            _l(
                "The school is still writing it. You can endorse it once it has been handed in for review; until then write what is missing."
            )
        ]
    return why_not_ask(version, standing=[])
