"""Reading the queue: for the operator's page and the command line."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func

from training.jobs.models import Job, JobState
from training.jobs.policies import visible_to
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor


def one(actor: Actor, job_id: int) -> Job:
    """A job by its id, or NotFound."""
    job = db.session.scalars(visible_to(actor).where(Job.id == job_id)).one_or_none()
    if job is None:
        raise NotFound
    return job


def counts(actor: Actor) -> Mapping[JobState, int]:
    """How many jobs stand where; every state is named."""
    rows = db.session.execute(visible_to(actor).with_only_columns(Job.state, func.count()).group_by(Job.state))
    return dict.fromkeys(JobState, 0) | dict(rows.all())


def newest(actor: Actor, state: JobState, limit: int = 25) -> Sequence[Job]:
    """The newest jobs that stand there, newest first."""
    return db.session.scalars(visible_to(actor).where(Job.state == state).order_by(Job.id.desc()).limit(limit)).all()
