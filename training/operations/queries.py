"""Reading what the operator's pages show of their own work."""

from sqlalchemy import select

from training.jobs.models import Job, JobState
from training.kernel.db import db
from training.operations.demonstration import TASK


def resetting() -> Job | None:
    """The job that loads the demonstration afresh, while it waits or works."""
    query = select(Job).where(Job.task == TASK, Job.state.in_([JobState.WAITING, JobState.RUNNING]))
    return db.session.scalars(query.order_by(Job.id).limit(1)).one_or_none()
