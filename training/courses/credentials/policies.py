"""Who sees which credential in the product, and who issues and revokes."""

from datetime import date

from sqlalchemy import Select, false, select

from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import GIVEN, State
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

PROPOSERS = (Role.MANAGER, Role.TEACHER)
"""Who proposes that a credential be issued or revoked."""
CONFIRMERS = (Role.MANAGER,)
"""Of whom another one confirms it."""


def visible_to(actor: Actor) -> Select[Credential]:
    """One's own, once issued; a school's own to its members, drafts too. Whoever has the public address or the number checks it without this."""
    match actor:
        case System():
            return select(Credential)
        case Learner(trainee_id=me):
            return select(Credential).where(Credential.trainee_id == me, Credential.state.in_(GIVEN))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Credential).where(Credential.school_id == mine)
        case _:
            return select(Credential).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools list what they issued."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Trainees list what they hold."""
    return isinstance(actor, Learner)


def can_see(actor: Actor, credential: Credential) -> bool:
    """The holder, once it is issued, and the issuer's people."""
    if isinstance(actor, Learner):
        return actor.trainee_id == credential.trainee_id and credential.given
    return isinstance(actor, Member) and actor.organisation_id == credential.school_id


def can_download(actor: Actor, credential: Credential) -> bool:
    """The holder and the issuer's people; a draft has no document."""
    return credential.given and can_see(actor, credential)


def can_draft(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers and teachers of the school propose."""
    return holds(actor, *PROPOSERS, at=enrolment.school_id)


def can_issue(actor: Actor, credential: Credential) -> bool:
    """Managers of the school; many at once are issued in the background."""
    return isinstance(actor, System) or holds(actor, *CONFIRMERS, at=credential.school_id)


def can_drop(actor: Actor, credential: Credential) -> bool:
    """Those who propose."""
    return holds(actor, *PROPOSERS, at=credential.school_id)


def can_revoke(actor: Actor, credential: Credential) -> bool:
    """Managers of the school."""
    return holds(actor, *CONFIRMERS, at=credential.school_id)


def why_not_draft(enrolment: Enrolment, *, known: Credential | None) -> list[str | LazyString]:
    """After completion, once; again when the one before was revoked."""
    if enrolment.state is not EnrolmentState.COMPLETED:
        return [_l("Mark the programme as completed first.")]
    if known is None or known.state in (State.REVOKED, State.DROPPED):
        return []
    if known.state is State.DRAFT:
        return [_l("A credential for this waits to be confirmed already.")]
    return [_l("Credential %(number)s was issued for this already.", number=known.number)]


def can_renew(actor: Actor, credential: Credential) -> bool:
    """Those who propose."""
    return holds(actor, *PROPOSERS, at=credential.school_id)


def why_not_renew(credential: Credential, *, following: Credential | None, today: date) -> list[str | LazyString]:
    """An issued credential that can be renewed, from its day on, once."""
    if credential.state is not State.ISSUED or credential.renewable_on is None:
        return [_l("This credential is not renewed.")]
    if following is not None:
        return [_l("It is renewed already, or a renewal waits to be confirmed.")]
    if today < credential.renewable_on:
        return [_l("It can be renewed from %(day)s on.", day=format_date(credential.renewable_on, relative=False, weekday=False))]
    return []


def why_not_confirm_alone(actor: Actor, proposed_by_id: int) -> list[str | LazyString]:
    """Whoever proposed is one person; a second one confirms."""
    if isinstance(actor, Member) and actor.account_id == proposed_by_id:
        return [_l("You proposed this, so another manager of your school confirms it.")]
    return []


def why_not_propose_alone(others: int) -> list[str | LazyString]:
    """Somebody else must be there who may confirm."""
    if others == 0:
        return [_l("Nobody else at your school may confirm it. Let a teacher propose it, or invite a second manager.")]
    return []
