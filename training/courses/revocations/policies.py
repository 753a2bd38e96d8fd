"""Who proposes that a credential be revoked, and who confirms it: two people of the school."""

from sqlalchemy import Select, false, select

from training.courses.credentials import policies as credentials
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import CONFIRMERS, PROPOSERS
from training.courses.credentials.workflow import State as CredentialState
from training.courses.revocations.models import Revocation
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, System, holds


def visible_to(actor: Actor) -> Select[Revocation]:
    """Those of one's school."""
    match actor:
        case System():
            return select(Revocation)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Revocation).where(Revocation.school_id == mine)
        case _:
            return select(Revocation).where(false())


def can_propose(actor: Actor, credential: Credential) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *PROPOSERS, at=credential.school_id)


def can_show(actor: Actor, revocation: Revocation) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *PROPOSERS, at=revocation.school_id)


def can_confirm(actor: Actor, revocation: Revocation) -> bool:
    """Managers of the school; that it is somebody else than who proposed, the reasons against it say."""
    return holds(actor, *CONFIRMERS, at=revocation.school_id)


def can_turn_down(actor: Actor, revocation: Revocation) -> bool:
    """Those who would confirm."""
    return can_confirm(actor, revocation)


def can_take_back(actor: Actor, revocation: Revocation) -> bool:
    """Whoever proposed it."""
    return can_show(actor, revocation) and isinstance(actor, Member) and actor.account_id == revocation.proposed_by_id


def why_not_propose(credential: Credential, *, waiting: Revocation | None) -> list[str | LazyString]:
    """A credential that is valid, and one proposal at a time."""
    if credential.state is not CredentialState.ISSUED:
        return [_l("Only a credential that was issued and is not revoked can be revoked.")]
    return [_l("A proposal to revoke it waits to be confirmed already.")] if waiting is not None else []


def why_not_confirm(revocation: Revocation, actor: Actor) -> list[str | LazyString]:
    """A second person."""
    return credentials.why_not_confirm_alone(actor, revocation.proposed_by_id)
