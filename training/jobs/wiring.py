"""What the queue hands down: its own housekeeping."""

from datetime import timedelta

from training.jobs import tasks
from training.kernel.wiring import Schedule, Task, Wiring

WIRING = Wiring(
    tasks={
        "jobs.purge": Task(tasks.purge),
        "jobs.forget_receipts": Task(tasks.forget_receipts),
    },
    schedules={
        "jobs.purge": Schedule("jobs.purge", every=timedelta(hours=1)),
        "jobs.forget_receipts": Schedule("jobs.forget_receipts", every=timedelta(hours=6)),
    },
)
