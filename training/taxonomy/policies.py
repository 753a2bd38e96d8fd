"""Who keeps the lists that everybody shares."""

from training.kernel.policy import Actor, Member, OrganisationKind, Role


def can_import(actor: Actor, subject: object = None) -> bool:
    """Operators."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.OPERATOR and Role.OPERATOR in actor.roles
