"""Leases: a job is claimed, finished and put back in short transactions, each fenced by the lease it was claimed with."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select, update
from sqlalchemy.orm import Session

from training.jobs.models import Job, JobState
from training.kernel import clock
from training.kernel.db import db, open_with, writing

LEASE = timedelta(minutes=2)
"""How long a job stays with a worker that says nothing; then another takes it."""
ATTEMPTS = 8
"""After so many attempts a job is parked."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)


class LeaseLost(Exception):
    """Another worker has this job now: nothing may be written for it."""


class SecondTransaction(Exception):
    """An atomic task has opened a transaction after the one that finished its job."""


class Later(Exception):
    """What the task needs is away for now; it is tried again at `moment`, and this attempt does not count."""

    def __init__(self, moment: datetime, why: str) -> None:
        """The moment to try again, and why in words without anybody's data."""
        super().__init__(why)
        self.moment = moment


@dataclass(frozen=True)
class Claimed:
    """A job in a worker's hands."""

    id: int
    task: str
    args: dict[str, Any]
    attempts: int
    lease: str

    @property
    def mine(self) -> ColumnElement[bool]:
        """The job's row while it runs under this lease."""
        return and_(Job.id == self.id, Job.lease == self.lease, Job.state == JobState.RUNNING)


def due(only: Collection[str] | None = None, without: Collection[str] = ()) -> ColumnElement[bool]:
    """Waiting jobs whose time has come, of some tasks only or without some."""
    mine = and_(Job.state == JobState.WAITING, Job.run_at <= clock.now(), Job.task.not_in(without))
    return mine if only is None else and_(mine, Job.task.in_(only))


def claim(only: Collection[str] | None = None, without: Collection[str] = ()) -> Claimed | None:
    """Takes the job that has been due longest, or nothing; two workers never take the same."""
    wanted = due(only, without)
    if db.session.scalar(select(Job.id).where(wanted).limit(1)) is None:
        return None  # looking takes no lock: an idle worker does not disturb those who write
    lease = secrets.token_hex(32)
    with writing() as session:
        oldest = select(Job.id).where(wanted).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
        row = session.execute(
            update(Job)
            .where(Job.id == oldest)
            .values(state=JobState.RUNNING, lease=lease, leased_until_at=clock.now() + LEASE, attempts=Job.attempts + 1)
            .returning(Job.id, Job.task, Job.args, Job.attempts)
            .execution_options(synchronize_session=False)
        ).one_or_none()
    return None if row is None else Claimed(*row, lease)


def reclaim() -> int:
    """Puts back the jobs whose worker has died (parks what has killed its worker time and again); returns how many."""
    lapsed = and_(Job.state == JobState.RUNNING, Job.leased_until_at < clock.now())
    if db.session.scalar(select(Job.id).where(lapsed).limit(1)) is None:
        return 0
    spent = Job.attempts >= ATTEMPTS
    with writing() as session:
        # A row locked by its own finishing transaction is being finished: it is skipped.
        rows = select(Job.id).where(lapsed).with_for_update(skip_locked=True).scalar_subquery()
        return changed(
            session,
            update(Job)
            .where(Job.id.in_(rows))
            .values(
                state=case((spent, JobState.PARKED), else_=JobState.WAITING),
                finished_at=case((spent, clock.now())),
                error=case((spent, "its worker ended before it did"), else_=Job.error),
                lease=None,
                leased_until_at=None,
            ),
        )


def finish_inside(claimed: Claimed) -> None:
    """Makes the finish of the job the first statement of the coming transaction: both are committed, or neither."""
    before = 0

    def opening(session: Session) -> None:
        nonlocal before
        before += 1
        open_with(opening)  # stands until the task ends: a transaction after the first is refused
        if changed(session, update(Job).where(claimed.mine).values(finished(claimed))) == 0:
            raise SecondTransaction(claimed.task) if before > 1 and stands(claimed, session) is JobState.DONE else LeaseLost(claimed.task)

    open_with(opening)


def finish(claimed: Claimed) -> None:
    """Says that the job is done; LeaseLost when it is another worker's."""
    with writing() as session:
        if changed(session, update(Job).where(claimed.mine).values(finished(claimed))) == 0:
            raise LeaseLost(claimed.task)


def finished(claimed: Claimed) -> dict[str, Any]:
    """The columns of a job that is done; the lease stays, to tell by whom."""
    return {"state": JobState.DONE, "finished_at": clock.now(), "leased_until_at": None, "error": None}


def stands(claimed: Claimed, session: Session) -> JobState | None:
    """Where the job stands, or None when it is another worker's."""
    with session.no_autoflush:
        return session.scalar(select(Job.state).where(Job.id == claimed.id, Job.lease == claimed.lease))


def extend(claimed: Claimed, done: int, total: int) -> None:
    """Notes progress and prolongs the lease; LeaseLost when it is another worker's."""
    with writing() as session:
        values = {"done": done, "total": total, "leased_until_at": clock.now() + LEASE}
        if changed(session, update(Job).where(claimed.mine).values(values)) == 0:
            raise LeaseLost(claimed.task)


def put_back(claimed: Claimed, error: str) -> None:
    """After a failure: again later, longer each time; parked after the last attempt. Nothing when the lease is lost."""
    if claimed.attempts >= ATTEMPTS:
        park(claimed, error)
        return
    with writing() as session:
        values = {"state": JobState.WAITING, "run_at": clock.now() + delay(claimed), "error": error, "lease": None, "leased_until_at": None}
        changed(session, update(Job).where(claimed.mine).values(values))


def put_off(claimed: Claimed, later: Later) -> None:
    """Again when what the task needs may be back; the attempt does not count."""
    with writing() as session:
        values = {
            "state": JobState.WAITING,
            "run_at": later.moment,
            "attempts": Job.attempts - 1,
            "error": str(later),
            "lease": None,
            "leased_until_at": None,
        }
        changed(session, update(Job).where(claimed.mine).values(values))


def park(claimed: Claimed, error: str) -> None:
    """Lays the job aside until the operator decides; also one that counts as done, if it is this lease's."""
    with writing() as session:
        values = {"state": JobState.PARKED, "error": error, "finished_at": clock.now(), "leased_until_at": None}
        changed(session, update(Job).where(Job.id == claimed.id, Job.lease == claimed.lease).values(values))


def delay(claimed: Claimed) -> timedelta:
    """30 seconds, doubled with each attempt, at most an hour; ± 25 % that differ by job, so that failures do not come back as one wave."""
    share = int(sha256(f"{claimed.id}:{claimed.attempts}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    doublings: int = 2 ** (claimed.attempts - 1)
    return min(LONGEST_DELAY, FIRST_DELAY * doublings) * (0.75 + share / 2)


def changed(session: Session, statement: Any) -> int:
    """How many rows the statement changed."""
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
