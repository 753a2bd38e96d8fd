"""A week of lessons as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from training.courses.lessons.models import Lesson
from training.courses.lessons.workflow import State
from training.kernel import clock
from training.kernel.i18n import format_time

SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """A lesson with its times at the school."""

    lesson: Lesson
    begins: str
    ends: str

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.lesson.state is State.CANCELLED


@dataclass(frozen=True)
class Week:
    """The days of a week, from Monday, with what is on them; a Sunday only when there is something."""

    first: date
    days: Sequence[tuple[date, Sequence[Entry]]]

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.first - timedelta(days=7)

    @property
    def after(self) -> date:
        """The next Monday."""
        return self.first + timedelta(days=7)

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.days[-1][0]

    @property
    def number(self) -> int:
        """How many lessons take place."""
        return sum(not one.cancelled for _day, entries in self.days for one in entries)


def week(first: date, lessons: Sequence[Lesson]) -> Week:
    """The week that begins on a Monday."""
    by_day: dict[date, list[Entry]] = {}
    for one in lessons:
        by_day.setdefault(one.held_on, []).append(entry(one))
    shown = [first + timedelta(days=number) for number in range(7)]
    days = [(day, by_day.get(day, [])) for day in shown if day.weekday() <= SATURDAY or day in by_day]
    return Week(first, days)


def entry(lesson: Lesson) -> Entry:
    """A lesson with its times at the school."""
    zone = ZoneInfo(lesson.school.zone)
    return Entry(lesson, format_time(lesson.starts_at.astimezone(zone)), format_time(lesson.ends_at.astimezone(zone)))


def begun(lesson: Lesson) -> bool:
    """Whether it has begun."""
    return lesson.starts_at <= clock.now()
