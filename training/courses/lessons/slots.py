"""The times of lessons: which a weekly pattern makes, and which stand in each other's way. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from training.courses.calendar.days import Calendar
from training.courses.lessons.workflow import Parity

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A day at the school, and the moments between which it is taken."""

    held_on: date
    starts_at: datetime
    ends_at: datetime

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the two share a moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


@dataclass(frozen=True)
class Rhythm:
    """When a pattern makes lessons: a weekday, times in minutes after midnight, the weeks, from a day to a day."""

    weekday: int
    begins: int
    ends: int
    parity: Parity
    from_on: date
    until_on: date


def slot(day: date, begins: int, ends: int, zone: str) -> Slot:
    """A day from one minute after midnight to another, at the zone's clock."""
    return Slot(day, _moment(day, begins, zone), _moment(day, ends, zone))


def slots(rhythm: Rhythm, calendar: Calendar, zone: str, *, first: date, last: date) -> Sequence[Slot]:
    """The lessons of a pattern: on teaching days of its weeks, inside the first and the last day of the cohort."""
    return [slot(day, rhythm.begins, rhythm.ends, zone) for day in _days(rhythm, first, last) if fits(rhythm, calendar, day)]


def left_out(rhythm: Rhythm, calendar: Calendar, *, first: date, last: date) -> Sequence[date]:
    """The days of a pattern's weeks, within academic years, on which nobody is taught."""
    return [
        day
        for day in _days(rhythm, first, last)
        if (week := calendar.week_of(day)) is not None and rhythm.parity.takes(week) and not calendar.is_teaching_day(day)
    ]


def fits(rhythm: Rhythm, calendar: Calendar, day: date) -> bool:
    """Whether a pattern makes a lesson on one of its weekdays."""
    week = calendar.week_of(day)
    return week is not None and rhythm.parity.takes(week) and calendar.is_teaching_day(day)


def _days(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The days of the weekday from the later beginning to the earlier end."""
    day, until = max(rhythm.from_on, first), min(rhythm.until_on, last)
    day += DAY * ((rhythm.weekday - day.weekday()) % 7)
    while day <= until:
        yield day
        day += 7 * DAY


def _moment(day: date, minutes: int, zone: str) -> datetime:
    """So many minutes after midnight on the clock at the wall."""
    if minutes >= 24 * 60:
        return datetime.combine(day + DAY, time(), ZoneInfo(zone)).astimezone(UTC)
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(zone)).astimezone(UTC)
