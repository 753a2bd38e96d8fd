"""Reading what the operator's pages show of their own work."""

from training.jobs.models import Job, JobState
from training.jobs.queries import listed
from training.kernel.lists import Wanted
from training.kernel.policy import System
from training.operations.demonstration import TASK


def resetting() -> Job | None:
    """The job that loads the demonstration afresh, while it waits or works."""
    wanted = Wanted(filters={"task": [TASK], "state": [JobState.WAITING.value, JobState.RUNNING.value]})
    return next(iter(listed(System("demonstration"), wanted).rows), None)
