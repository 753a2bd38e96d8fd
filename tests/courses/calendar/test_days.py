"""Teaching days: pure answers over a calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.courses.calendar.days import Calendar, Span, Year, a_year_later

YEAR = Year(
    Span(date(2026, 9, 1), date(2027, 6, 30)),
    [Span(date(2026, 9, 1), date(2026, 12, 29), "Autumn term"), Span(date(2027, 1, 11), date(2027, 6, 30), "Spring term")],
    [Span(date(2026, 11, 4), date(2026, 11, 4), "Unity Day"), Span(date(2027, 5, 1), date(2027, 5, 3), "May")],
)
CALENDAR = Calendar([YEAR])


def test_a_day_is_taught_on_inside_a_term_that_is_not_off():
    assert CALENDAR.is_teaching_day(date(2026, 11, 3))
    assert not CALENDAR.is_teaching_day(date(2026, 11, 4))
    assert not CALENDAR.is_teaching_day(date(2027, 1, 5))
    assert not CALENDAR.is_teaching_day(date(2027, 7, 1))


def test_a_year_without_terms_is_taught_on_as_a_whole():
    assert Calendar([Year(YEAR.span)]).is_teaching_day(date(2027, 1, 5))


def test_a_school_without_years_has_no_teaching_day():
    assert Calendar().teaching_days(date(2026, 9, 1), date(2026, 9, 30)) == []


def test_both_ends_of_a_range_are_in_it():
    assert len(CALENDAR.teaching_days(date(2027, 4, 30), date(2027, 5, 4))) == 2


def test_weeks_are_counted_from_the_monday_of_the_first_day():
    assert [CALENDAR.week_of(day) for day in (date(2026, 9, 1), date(2026, 9, 6), date(2026, 9, 7), date(2026, 8, 31))] == [1, 1, 2, None]


def test_a_leap_day_is_the_last_of_february_a_year_later():
    assert a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)


@given(st.integers(0, 300), st.integers(0, 60))
def test_teaching_days_are_those_that_are_teaching_days(start, length):
    first = date(2026, 9, 1) + timedelta(days=start)
    last = first + timedelta(days=length)

    found = CALENDAR.teaching_days(first, last)

    assert found == sorted(found)
    assert all(first <= day <= last and CALENDAR.is_teaching_day(day) for day in found)
    assert len(found) + sum(not CALENDAR.is_teaching_day(first + timedelta(days=n)) for n in range(length + 1)) == length + 1
