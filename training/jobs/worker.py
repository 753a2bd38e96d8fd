"""The worker: claim, work with no transaction of its own open, finish; whatever a task throws ends here."""

import logging
import time
from collections.abc import Collection
from threading import Event, Thread
from traceback import format_tb

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from training.jobs import leases
from training.jobs.leases import Claimed, Later, LeaseLost, SecondTransaction
from training.jobs.models import JobState
from training.jobs.scheduler import tick
from training.kernel.db import db
from training.kernel.garbage import spare
from training.kernel.wiring import wired

SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 1.0
HOUSEKEEPING = 2.0
"""Seconds between two looks at the schedules and at leases that have lapsed."""

log = logging.getLogger(__name__)


def run_worker(app: Flask, stop: Event) -> None:
    """Works until `stop` is set, and then finishes what it has begun.

    Atomic tasks are short and have a thread of their own, so that a dead mail server or a large import delays none of them.
    """
    spare()
    with app.app_context():
        atomic = [name for name, task in wired().tasks.items() if task.atomic]
    slow = Thread(target=_lane, args=(app, stop), kwargs={"without": atomic}, name="jobs-slow")
    slow.start()
    _lane(app, stop, only=atomic, keeps_house=True)
    slow.join()


def run_due(limit: int | None = None) -> int:
    """Runs what is due now, one job after the other, also what that work enqueues; returns how many ran (at most `limit`).

    The caller's reading ends: what its session holds is read afresh afterwards.
    """
    if db.session.info.get("writing"):
        raise RuntimeError("jobs cannot run inside a transaction: what it asks for is not there before it is committed")
    db.session.rollback()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        leases.reclaim()
    ran = 0
    while (limit is None or ran < limit) and run_one(app):
        ran += 1
    return ran


def run_one(app: Flask, only: Collection[str] | None = None, without: Collection[str] = ()) -> bool:
    """Claims and runs one job, if one is due."""
    with app.app_context():
        claimed = leases.claim(only, without)
    if claimed is None:
        return False
    try:
        with app.app_context():
            _work(claimed)
    except LeaseLost:
        log.warning("job %s %s went to another worker", claimed.id, claimed.task)
    except Later as later:
        with app.app_context():
            leases.put_off(claimed, later)
    except SecondTransaction as error:
        _failed(claimed, error)
        with app.app_context():
            leases.park(claimed, shortened(error))
    except Exception as error:  # noqa: BLE001 (a task may fail in any way; the job is tried again or parked)
        _failed(claimed, error)
        with app.app_context():
            leases.put_back(claimed, shortened(error))
    return True


def _work(claimed: Claimed) -> None:
    """The task in a session of its own; an atomic one ends its job inside its own transaction."""
    task = wired().tasks.get(claimed.task)
    if task is None:
        leases.park(claimed, "no task of this name is wired")
        return
    session = db.session
    session.info["job"] = claimed
    if task.atomic:
        leases.finish_inside(claimed)
    task.run(**claimed.args)
    session.info.pop("openings", None)
    if not task.atomic or leases.stands(claimed, session) is not JobState.DONE:
        leases.finish(claimed)


def shortened(error: BaseException) -> str:
    """What went wrong, for the operator: type and first line; never the values of a statement, nor the row it met."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
    return f"{type(error).__name__}: {words[0] if words else ''}"[:300]


def _failed(claimed: Claimed, error: BaseException) -> None:
    log.error(
        "job %s %s failed at attempt %s: %s\n%s",
        claimed.id,
        claimed.task,
        claimed.attempts,
        shortened(error),
        "".join(format_tb(error.__traceback__)),
    )


def _lane(
    app: Flask, stop: Event, *, only: Collection[str] | None = None, without: Collection[str] = (), keeps_house: bool = False
) -> None:
    """One thread's share of the work: at once while there is any, then looking less and less often."""
    pause, housekept = SHORTEST_PAUSE, -HOUSEKEEPING
    while not stop.is_set():
        try:
            if keeps_house and time.monotonic() - housekept >= HOUSEKEEPING:
                housekept = time.monotonic()
                with app.app_context():
                    leases.reclaim()
                    tick()
            worked = run_one(app, only, without)
        except Exception as error:  # noqa: BLE001 (the database may be away; the worker outlives it)
            log.error("the worker could not reach its queue: %s", shortened(error))
            worked, pause = False, LONGEST_PAUSE
        if worked:
            pause = SHORTEST_PAUSE
        else:
            stop.wait(pause)
            pause = min(LONGEST_PAUSE, pause * 1.5)
