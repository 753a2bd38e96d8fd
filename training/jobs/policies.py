"""Who may see the jobs and decide about parked ones: the operator."""

from sqlalchemy import Select, false, select

from training.jobs.models import Job, JobState
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds


def visible_to(actor: Actor) -> Select[Job]:
    """The jobs an actor may know of; every query starts here."""
    match actor:
        case Member() if can_list(actor):
            return select(Job)
        case System():
            return select(Job)
        case _:
            return select(Job).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Only the operator looks at the machinery."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.OPERATOR and holds(actor, Role.OPERATOR, at=actor.organisation_id)


def can_retry(actor: Actor, job: Job) -> bool:
    """The operator tries a parked job again."""
    return can_list(actor) and job.state is JobState.PARKED


def can_discard(actor: Actor, job: Job) -> bool:
    """The operator gives a parked job up."""
    return can_list(actor) and job.state is JobState.PARKED
