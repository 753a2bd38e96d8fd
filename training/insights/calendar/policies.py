"""Who has a calendar."""

from training.kernel.policy import Actor, Learner, Member


def can_show(actor: Actor, subject: object = None) -> bool:
    """Everybody who works or learns here, their own."""
    return isinstance(actor, Member | Learner)
