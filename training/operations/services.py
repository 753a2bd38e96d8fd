"""Deciding about parked jobs, with a trace; having the demonstration loaded afresh, which leaves none of the old."""

from training.audit.services import record
from training.jobs import policies
from training.jobs import services as jobs
from training.jobs.models import Job
from training.kernel.db import transaction
from training.kernel.policy import Actor, authorise
from training.operations import policies as own
from training.operations import queries
from training.operations.demonstration import TASK
from training.operations.workflow import Event


@transaction()
def retry(actor: Actor, job: Job) -> None:
    """Tries a parked job again, from the first attempt."""
    authorise(policies.can_retry, actor, job)
    jobs.retry(actor, job)
    record(actor, Event.RETRIED, job)


@transaction()
def discard(actor: Actor, job: Job) -> None:
    """Gives a parked job up."""
    authorise(policies.can_discard, actor, job)
    jobs.discard(actor, job)
    record(actor, Event.DISCARDED, job)


@transaction()
def reset(actor: Actor) -> None:
    """Has the demonstration loaded afresh in the background, unless that is under way."""
    authorise(own.can_reset, actor, None)
    if queries.resetting() is None:
        jobs.enqueue(TASK)
