"""Which lessons a pattern makes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.courses.calendar.test_days import CALENDAR
from training.courses.lessons.slots import Rhythm, left_out, slot, slots
from training.courses.lessons.workflow import Parity

FIRST, LAST = date(2026, 9, 1), date(2027, 6, 30)


def rhythm(**given) -> Rhythm:
    values: dict[str, Any] = {
        "weekday": 2,
        "begins": 510,
        "ends": 600,
        "parity": Parity.EVERY,
        "from_on": date(2026, 10, 26),
        "until_on": date(2026, 11, 22),
    }
    return Rhythm(**(values | given))


def made(of, first=FIRST, last=LAST):
    return [one.held_on for one in slots(of, CALENDAR, "Europe/Samara", first=first, last=last)]


def test_every_week_but_on_days_off():
    assert made(rhythm()) == [date(2026, 10, 28), date(2026, 11, 11), date(2026, 11, 18)]
    assert left_out(rhythm(), CALENDAR, first=FIRST, last=LAST) == [date(2026, 11, 4)]


def test_odd_and_even_weeks_share_the_days_between_them():
    odd, even = made(rhythm(parity=Parity.ODD)), made(rhythm(parity=Parity.EVEN))

    assert sorted([*odd, *even]) == made(rhythm())
    assert {(CALENDAR.week_of(day) or 0) % 2 for day in odd} == {1}


def test_only_inside_the_cohort_s_days():
    assert made(rhythm(), first=date(2026, 10, 29), last=date(2026, 11, 11)) == [date(2026, 11, 11)]


def test_at_the_clock_of_the_school_also_where_it_is_put_forward():
    before, after = (slot(day, 510, 600, "Europe/Berlin") for day in (date(2026, 10, 24), date(2026, 10, 26)))

    assert (before.starts_at, after.starts_at) == (datetime(2026, 10, 24, 6, 30, tzinfo=UTC), datetime(2026, 10, 26, 7, 30, tzinfo=UTC))
    assert (before.minutes, after.minutes) == (90, 90)


@given(st.integers(0, 6), st.sampled_from(list(Parity)), st.integers(0, 250), st.integers(0, 200))
def test_all_are_teaching_days_of_that_weekday(weekday, parity, start, length):
    first = FIRST + timedelta(days=start)

    days = made(rhythm(weekday=weekday, parity=parity, from_on=first, until_on=first + timedelta(days=length)))

    assert len(set(days)) == len(days)
    assert all(CALENDAR.is_teaching_day(day) and day.weekday() == weekday for day in days)
