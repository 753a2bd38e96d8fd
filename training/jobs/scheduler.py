"""The scheduler: recurring tasks, each started once however many workers there are."""

from datetime import datetime, timedelta
from math import floor

from sqlalchemy import select, update

from training.jobs.leases import changed
from training.jobs.models import Clockwork
from training.jobs.services import enqueue, insert_once
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.wiring import Schedule, wired


def tick() -> list[str]:
    """Starts the schedules whose time has come and returns their names; what was missed meanwhile is started once."""
    now = clock.now()
    known = dict(db.session.execute(select(Clockwork.name, Clockwork.next_at)).all())
    plans = wired().schedules
    return [name for name, plan in plans.items() if strikes(known.get(name), now, plan.every) and start(name, plan, known.get(name), now)]


def strikes(next_at: datetime | None, now: datetime, every: timedelta) -> bool:
    """Whether a schedule has to be looked at: new, due, or set farther ahead than it ever is (the clock was put back)."""
    return next_at is None or next_at <= now or next_at > now + every


def start(name: str, plan: Schedule, seen: datetime | None, now: datetime) -> bool:
    """Moves the schedule on from the moment `seen`; whoever succeeds enqueues the task. Says whether it was us."""
    with writing() as session:
        if seen is None:
            insert_once(Clockwork, {"name": name, "next_at": now}, "name")
            seen = session.scalar(select(Clockwork.next_at).where(Clockwork.name == name)) or now
        following = seen + plan.every * (floor((now - seen) / plan.every) + 1)  # the first moment of the schedule's own grid after now
        ours = changed(session, update(Clockwork).where(Clockwork.name == name, Clockwork.next_at == seen).values(next_at=following)) == 1
        if ours and seen <= now:
            enqueue(plan.task, key=f"schedule:{name}:{seen.isoformat()}")
        return ours and seen <= now
