"""Telling a story with the clock: what happened so many days before the day it is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from training.kernel import clock
from training.kernel.db import writing

ZONE = ZoneInfo("Europe/Samara")


_today: ContextVar[date] = ContextVar("today")


def begin() -> None:
    """The story is told today; its days are counted from here."""
    _today.set(clock.today(ZONE))


def day(offset: int) -> date:
    """The day so many days from the one the story is told on (negative: before)."""
    return _today.get() + timedelta(days=offset)


def moment(offset: int, hour: int = 10, minute: int = 0) -> datetime:
    """That hour of that day."""
    return datetime.combine(day(offset), time(hour, minute), tzinfo=ZONE)


@contextmanager
def on(offset: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Within the block it is that hour of that day, and what happens is one transaction."""
    with clock.at(moment(offset, hour, minute)), writing():
        yield
