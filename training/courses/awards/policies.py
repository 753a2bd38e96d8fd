"""Who proposes credentials, and who confirms them: two people of the school."""

from sqlalchemy import Select, false, select

from training.courses.awards.models import Award
from training.courses.cohorts.models import Cohort
from training.courses.credentials import policies as credentials
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import CONFIRMERS, PROPOSERS
from training.courses.enrolments.models import Enrolment
from training.kernel.i18n import LazyString
from training.kernel.policy import Actor, Member, OrganisationKind, System, holds


def visible_to(actor: Actor) -> Select[Award]:
    """Those of one's school."""
    match actor:
        case System():
            return select(Award)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Award).where(Award.school_id == mine)
        case _:
            return select(Award).where(false())


def can_propose(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers and teachers of the school."""
    return credentials.can_draft(actor, enrolment)


def can_propose_all(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *PROPOSERS, at=cohort.school_id)


def can_propose_renewal(actor: Actor, credential: Credential) -> bool:
    """Managers and teachers of the school."""
    return credentials.can_renew(actor, credential)


def can_show(actor: Actor, award: Award) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *PROPOSERS, at=award.school_id)


def can_confirm(actor: Actor, award: Award) -> bool:
    """Managers of the school; that it is somebody else than who proposed, the reasons against it say."""
    return holds(actor, *CONFIRMERS, at=award.school_id)


def can_turn_down(actor: Actor, award: Award) -> bool:
    """Those who would confirm."""
    return can_confirm(actor, award)


def can_take_back(actor: Actor, award: Award) -> bool:
    """Whoever proposed it."""
    return can_show(actor, award) and isinstance(actor, Member) and actor.account_id == award.proposed_by_id


def why_not_confirm(award: Award, actor: Actor) -> list[str | LazyString]:
    """A second person."""
    return credentials.why_not_confirm_alone(actor, award.proposed_by_id)
