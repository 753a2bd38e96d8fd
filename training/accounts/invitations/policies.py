"""Who invites, and who answers."""

from sqlalchemy import Select, false, select

from training.accounts.invitations.models import Invitation
from training.accounts.memberships.policies import leading
from training.accounts.workflow import Purpose
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import ROLES_OF, Actor, Bearer, Member, Role, System, holds
from training.organisations.models import Organisation


def visible_to(actor: Actor) -> Select[Invitation]:
    """One's own organisation's; the one that a link was sent for."""
    match actor:
        case System():
            return select(Invitation)
        case Member(organisation_id=mine):
            return select(Invitation).where(Invitation.organisation_id == mine)
        case Bearer(purpose=Purpose.INVITATION, subject_id=mine):
            return select(Invitation).where(Invitation.id == mine)
        case _:
            return select(Invitation).where(false())


def can_list(actor: Actor, organisation: Organisation) -> bool:
    """Those who invite see who has been invited."""
    return can_send(actor, organisation)


def can_send(actor: Actor, organisation: Organisation) -> bool:
    """Those who lead the organisation invite."""
    return holds(actor, leading(organisation.kind), at=organisation.id)


def can_revoke(actor: Actor, invitation: Invitation) -> bool:
    """Those who lead the organisation take an invitation back."""
    return isinstance(actor, Member) and holds(actor, leading(actor.kind), at=invitation.organisation_id)


def can_accept(actor: Actor, invitation: Invitation) -> bool:
    """Whoever got the letter."""
    return isinstance(actor, Bearer) and actor.purpose == Purpose.INVITATION and actor.subject_id == invitation.id


def why_not_send(organisation: Organisation, role: Role) -> list[str | LazyString]:
    """The role must be one of the organisation's kind."""
    return [] if role in ROLES_OF[organisation.kind] else [_l("%(role)s is no role here.", role=role.label)]
