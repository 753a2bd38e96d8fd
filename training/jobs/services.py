"""Asking for background work inside the transaction that needs it, telling how far it is, and the operator's verbs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from training.jobs import leases, policies
from training.jobs.models import Job, JobState
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System, authorise

KEPT = timedelta(days=7)
"""How long jobs that are done stay listed."""
BATCH = 10_000
_JOB: Any = Job.__table__
_ADD = insert(_JOB)
_left_out: ContextVar[Collection[str]] = ContextVar("left_out", default=())


@contextmanager
def without(*tasks: str) -> Iterator[None]:
    """Within the block no job of these tasks is added: what has long happened is being told, and nobody gets letters about it."""
    token = _left_out.set(tasks)
    try:
        yield
    finally:
        _left_out.reset(token)


def enqueue(task: str, *, key: str | None = None, run_at: datetime | None = None, **args: Any) -> None:
    """Adds a job to the running transaction: no commit, no job. A second one of the same `key` is left out."""
    values = _new(task, args, run_at) | {"key": key}
    if task in _left_out.get():
        return
    if key is None:
        db.session.connection().execute(_ADD, [values])
    else:
        insert_once(Job, values, "key")


def enqueue_each(task: str, each: Sequence[dict[str, Any]], *, run_at: datetime | None = None) -> None:
    """Adds one job for each set of arguments to the running transaction: one statement."""
    if each and task not in _left_out.get():
        db.session.connection().execute(_ADD, [_new(task, args, run_at) for args in each])


def _new(task: str, args: dict[str, Any], run_at: datetime | None) -> dict[str, Any]:
    if not db.session.info.get("writing"):
        raise RuntimeError(f"{task} was enqueued outside a transaction: nobody would commit it")
    return {"task": task, "args": args, "state": JobState.WAITING, "run_at": run_at or clock.now(), "attempts": 0, "done": 0, "total": 0}


def insert_once(table: type[Record], values: dict[str, Any], *unique: str) -> None:
    """Inserts a row unless there is one of the same values in the columns `unique`."""
    upsert = postgresql_insert if db.session.get_bind().dialect.name == "postgresql" else sqlite_insert
    db.session.execute(upsert(table).values(values).on_conflict_do_nothing(index_elements=unique))


def progress(done: int, total: int) -> None:
    """A task that is not atomic says how far it is, and so keeps its lease; LeaseLost tells it to stop at once.

    Ends the session's reading. Outside a worker nothing is noted.
    """
    claimed = db.session.info.get("job")
    if claimed is not None:
        leases.extend(claimed, done, total)


@transaction()
def retry(actor: Actor, job: Job) -> None:
    """The operator has a parked job tried again, with all its attempts."""
    authorise(policies.can_retry, actor, job)
    _leave_parked(job, state=JobState.WAITING, run_at=clock.now(), attempts=0, lease=None, finished_at=None)


@transaction()
def discard(actor: Actor, job: Job) -> None:
    """The operator gives a parked job up."""
    authorise(policies.can_discard, actor, job)
    _leave_parked(job, state=JobState.DISCARDED, finished_at=clock.now())


def _leave_parked(job: Job, **values: Any) -> None:
    if leases.changed(db.session, update(Job).where(Job.id == job.id, Job.state == JobState.PARKED).values(values)) == 0:
        raise NotNow(_l("This job is not parked any more. Look at the list again."))
    db.session.refresh(job)


@transaction()
def call_off(actor: System, *, task: str) -> int:
    """What waits under a task is not needed after all; returns how many jobs."""
    waiting = (Job.task == task, Job.state == JobState.WAITING)
    called = db.session.scalars(update(Job).where(*waiting).values(state=JobState.DONE, finished_at=clock.now()).returning(Job.id))
    return len(called.all())


@transaction()
def purge() -> int:
    """Deletes jobs that have been over for a week, the oldest 10,000; returns how many."""
    over = (
        select(Job.id)
        .where(Job.state.in_([JobState.DONE, JobState.DISCARDED]), Job.finished_at < clock.now() - KEPT)
        .order_by(Job.finished_at)
        .limit(BATCH)
        .scalar_subquery()
    )
    return leases.changed(db.session, delete(Job).where(Job.id.in_(over)))


def forget_errors(about: Callable[[str], bool]) -> int:
    """Blanks what failed jobs wrote about somebody, inside the running transaction; returns how many."""
    told = db.session.execute(select(Job.id, Job.error).where(Job.error.is_not(None)).order_by(Job.id)).all()
    mine = [key for key, error in told if about(error or "")]
    db.session.execute(update(Job).where(Job.id.in_(mine)).values(error=None).execution_options(synchronize_session=False))
    return len(mine)
