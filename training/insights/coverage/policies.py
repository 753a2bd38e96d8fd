"""Who compares what is asked with what is taught."""

from training.kernel.policy import Actor, Member, OrganisationKind

READERS = (OrganisationKind.SCHOOL, OrganisationKind.AUTHORITY)


def can_show(actor: Actor, subject: object = None) -> bool:
    """The people of schools, about their own programmes; those of authorities, about all of them."""
    return isinstance(actor, Member) and actor.kind in READERS
