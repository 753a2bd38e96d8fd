"""Who runs the installation."""

from training.jobs.policies import can_list
from training.kernel.policy import Actor


def can_run(actor: Actor, subject: object = None) -> bool:
    """The operator, and nobody else."""
    return can_list(actor)
