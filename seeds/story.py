"""Telling a story with the clock: what happened so many days before the day it is loaded, each thing in its order.

A life is a generator: it yields the moment of its next step, and the step is what it does until it yields again. The story takes the
earliest step of all lives, again and again, until now; what would come later is not told. A day is one transaction, and the
background work that it asked for is done at its end, so that the region stands as if it had been here all the time.
"""

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from training.jobs.leases import due
from training.jobs.models import Job, JobState
from training.jobs.services import without
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotNow
from training.kernel.wiring import wired

ZONE = ZoneInfo("Europe/Samara")
LETTERS = "notices.deliver"
"""What is told afterwards is not sent any more."""
EVERY_DAY = ("turns.expire",)
ON_DAYS = ("cohorts.advance", "vacancies.expire")
"""What the scheduler starts by itself: deadlines every day, the calendar's own steps on the days that `expect` names."""

_DUE = select(Job.id, Job.task, Job.args).order_by(Job.run_at, Job.id)

Life = Generator[datetime, None, None]


class Story:
    """The days from long ago until now, and what is still to be told of them."""

    def __init__(self) -> None:
        """It is told now; its days are counted from today. Chance repeats itself, so the same day brings the same region."""
        self.now = clock.now()
        self.today = clock.today(ZONE)
        self.chance = Random("Dimitrovgrad")
        self.refused: list[str] = []
        """Steps that could not be taken, with the reason."""
        self._coming: list[tuple[datetime, int, Life]] = []
        self._order = count()
        self._expected: set[date] = set()
        self._told = datetime.min.replace(tzinfo=ZONE)

    def day(self, offset: int) -> date:
        """The day so many days from today (negative: before)."""
        return self.today + timedelta(days=offset)

    def workday(self, offset: int) -> int:
        """That day, or the Friday before it when it is a weekend."""
        return offset - max(self.day(offset).weekday() - 4, 0)

    def workday_after(self, offset: int) -> int:
        """That day, or the Monday after it when it is a weekend."""
        weekday = self.day(offset).weekday()
        return offset + (7 - weekday if weekday > 4 else 0)

    def monday(self, offset: int) -> int:
        """The last Monday up to that day; of a day to come, the first one from it on."""
        weekday = self.day(offset).weekday()
        return offset + (7 - weekday) % 7 if offset > 0 else offset - weekday

    def offset(self, day: date) -> int:
        """How many days from today a day is."""
        return (day - self.today).days

    def at(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """That hour of that day."""
        return datetime.combine(self.day(offset), time(hour, minute), tzinfo=ZONE)

    @contextmanager
    def on(self, offset: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """Within the block it is that hour of that day, and what happens is one transaction without letters."""
        with clock.at(self.at(offset, hour, minute)), without(LETTERS), writing():
            yield

    @property
    def told_day(self) -> int:
        """The day that is being told, counted from today."""
        return self.offset(self._told.astimezone(ZONE).date())

    def begin(self, life: Life) -> None:
        """From now on this life is told among the others."""
        self._follow(life)

    def expect(self, *offsets: int) -> None:
        """On these days the calendar moves something by itself."""
        self._expected.update(self.day(offset) for offset in offsets)

    def tell(self, progress: Callable[[int], None]) -> None:
        """Tells everything until now; `progress` hears the offset of each day that has been told."""
        with calm(), without(LETTERS):
            while self._coming:
                day = self._next_day()
                self._morning(day)
                with writing():
                    while self._coming and self._next_day() == day:
                        self._step()
                self._evening(day)
                progress(self.offset(day))

    def _next_day(self) -> date:
        return self._coming[0][0].astimezone(ZONE).date()

    def _step(self) -> None:
        """The next step; one that cannot be taken as things stand is undone, and ends its life."""
        moment, _number, life = heappop(self._coming)
        self._told = moment
        try:
            with clock.at(moment), db.session.begin_nested():
                self._follow(life)
        except NotNow as refusal:
            self.refused.append(f"{moment:%Y-%m-%d %H:%M}: {' '.join(map(str, refusal.sentences))}")

    def _follow(self, life: Life) -> None:
        """Goes on with a life; its next step waits for its moment, unless that is still to come today."""
        moment = next(life, None)
        if moment is not None and moment <= self.now:
            heappush(self._coming, (max(moment, self._told), next(self._order), life))

    def _morning(self, day: date) -> None:
        """What the calendar does by itself, and has had to do since the last day on which something happened."""
        expected = {one for one in self._expected if one <= day}
        self._expected -= expected
        with clock.at(datetime.combine(day, time(0, 10), tzinfo=ZONE)):
            for task in (*EVERY_DAY, *(ON_DAYS if expected else ())):
                wired().tasks[task].run()
            work_off()

    def _evening(self, day: date) -> None:
        """The background work that the day has asked for."""
        with clock.at(min(datetime.combine(day, time(23), tzinfo=ZONE), self.now)):
            work_off()


def work_off() -> None:
    """Does the jobs that are due, here and not in a worker: whoever lives the story sees what they change."""
    while jobs := db.session.execute(_DUE.where(due())).all():
        db.session.commit()  # ends the reading; a rollback would forget what the lives hold
        for _key, task, args in jobs:
            wired().tasks[task].run(**args)
        with writing() as session:
            done = {"state": JobState.DONE, "attempts": 1, "finished_at": clock.now()}
            ended = update(Job).where(Job.id.in_([key for key, _task, _args in jobs])).values(done)
            session.execute(ended.execution_options(synchronize_session=False))
    db.session.commit()


@contextmanager
def calm() -> Iterator[None]:
    """Within the block the garbage collector looks less often: half of the time went into looking at what was still needed."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        gc.collect()
