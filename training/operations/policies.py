"""Who runs the installation."""

from training.jobs.policies import can_list
from training.kernel.policy import Actor, Visitor


def can_run(actor: Actor, subject: object = None) -> bool:
    """The operator, and nobody else."""
    return can_list(actor)


def can_reset(actor: Actor, subject: object = None) -> bool:
    """Anybody may have the demonstration loaded afresh; there is no such page anywhere else."""
    return isinstance(actor, Visitor)
