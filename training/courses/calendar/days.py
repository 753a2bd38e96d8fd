"""Which days a school teaches on: pure answers over a calendar that was loaded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, with a name where they have one."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def meets(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Year:
    """One academic year with its terms and days off."""

    span: Span
    terms: Sequence[Span] = ()
    holidays: Sequence[Span] = ()


@dataclass(frozen=True)
class Calendar:
    """A school's academic years, as far as they were asked for."""

    years: Sequence[Year] = ()

    def year_of(self, day: date) -> Year | None:
        """The academic year that a day is in."""
        return next((one for one in self.years if one.span.holds(day)), None)

    def term_of(self, day: date) -> Span | None:
        """The term that a day is in."""
        year = self.year_of(day)
        return next((one for one in year.terms if one.holds(day)), None) if year else None

    def holiday_on(self, day: date) -> Span | None:
        """The days off that a day is one of."""
        year = self.year_of(day)
        return next((one for one in year.holidays if one.holds(day)), None) if year else None

    def is_teaching_day(self, day: date) -> bool:
        """Whether lessons can be on a day: in a year, in one of its terms where it has any, and not off. Weekdays are the timetable's."""
        year = self.year_of(day)
        if year is None or (year.terms and self.term_of(day) is None):
            return False
        return self.holiday_on(day) is None

    def teaching_days(self, first: date, last: date) -> list[date]:
        """All days from the first to the last on which lessons can be."""
        return [day for day in days(first, last) if self.is_teaching_day(day)]

    def week_of(self, day: date) -> int | None:
        """The number of the week in its academic year, which begins on the Monday of the year's first day with 1; odd and even weeks go by it."""
        year = self.year_of(day)
        return (monday(day) - monday(year.span.first)) // WEEK + 1 if year else None


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def a_year_later(day: date) -> date:
    """The same day of the next year; the last of February where there is none."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
