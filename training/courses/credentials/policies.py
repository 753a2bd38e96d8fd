"""Who sees which credential in the product, and who issues and revokes."""

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds


def visible_to(actor: Actor) -> Select[Credential]:
    """One's own; a school's own to its members. Whoever has the public address or the number checks it without this."""
    match actor:
        case System():
            return select(Credential)
        case Learner(trainee_id=me):
            return select(Credential).where(Credential.trainee_id == me)
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
    """The holder and the issuer's people."""
    if isinstance(actor, Learner):
        return actor.trainee_id == credential.trainee_id
    return isinstance(actor, Member) and actor.organisation_id == credential.school_id


def can_download(actor: Actor, credential: Credential) -> bool:
    """The holder and the issuer's people."""
    return can_see(actor, credential)


def can_issue(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=enrolment.school_id)


def can_issue_all(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=cohort.school_id)


def can_revoke(actor: Actor, credential: Credential) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=credential.school_id)


def why_not_issue(enrolment: Enrolment, *, known: Credential | None) -> list[str | LazyString]:
    """After completion, once."""
    if enrolment.state is not EnrolmentState.COMPLETED:
        return [_l("Mark the programme as completed first.")]
    return [_l("Credential %(number)s was issued for this already.", number=known.number)] if known is not None else []
