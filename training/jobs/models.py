"""Jobs and the clockwork that starts the recurring ones."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Digest, Facts, Key, Line, Prose, Word
from training.kernel.i18n import _l
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import State


class JobState(State):
    """Where a job stands."""

    WAITING = "waiting", _l("Waiting"), "secondary"
    RUNNING = "running", _l("Running"), "primary"
    DONE = "done", _l("Done"), "success"
    PARKED = "parked", _l("Parked"), "danger"
    DISCARDED = "discarded", _l("Given up"), "secondary"


class Job(Record):
    """One piece of background work; the lease says which worker may finish it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at", "id"), Index("ix_job_run", "run_at", "id"), Index("ix_job_task", "task", "id"))

    task: Mapped[Line]
    args: Mapped[Facts]
    key: Mapped[Key | None] = mapped_column(unique=True)
    """Two jobs of one key are one job, until it is purged."""
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[Digest | None]
    leased_until_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Progress: `done` of `total` steps."""
    error: Mapped[Prose | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)

    __register__ = Register("job", purpose=Purpose.OPERATION, keep=Keep.MOMENT)


class Clockwork(Record):
    """When a recurring task starts next."""

    __tablename__ = "schedule"

    name: Mapped[Word] = mapped_column(unique=True)
    next_at: Mapped[datetime]

    __register__ = Register("schedule", purpose=Purpose.OPERATION, keep=Keep.MOMENT)
