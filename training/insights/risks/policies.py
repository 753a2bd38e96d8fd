"""Who looks after those at risk."""

from training.kernel.policy import Actor, Member, OrganisationKind, Role, holds


def can_list(actor: Actor, subject: object = None) -> bool:
    """Managers and teachers of a school, about its own trainees."""
    return (
        isinstance(actor, Member)
        and actor.kind is OrganisationKind.SCHOOL
        and holds(actor, Role.MANAGER, Role.TEACHER, at=actor.organisation_id)
    )
