"""Who reads who may do what."""

from training.accounts.memberships.policies import leading
from training.kernel.policy import Actor, Member, holds


def can_show(actor: Actor, subject: object = None) -> bool:
    """Those who lead an organisation see it with the names of their people; without names everybody does."""
    return isinstance(actor, Member) and holds(actor, leading(actor.kind), at=actor.organisation_id)
