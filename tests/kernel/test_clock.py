"""One clock, which can be told the time."""

from datetime import UTC, date, datetime

import pytest

from training.kernel import clock


def test_it_is_what_it_is_told():
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert clock.now() != datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Kaliningrad", date(2026, 12, 31)), ("Europe/Samara", date(2027, 1, 1)), ("Asia/Kamchatka", date(2027, 1, 1))]
)
def test_today_is_a_place_s_own(zone, day):
    with clock.at(datetime(2026, 12, 31, 20, 30, tzinfo=UTC)):
        assert clock.today(zone) == day


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        (date(2026, 6, 14), "Europe/Samara", datetime(2026, 6, 14, 20, tzinfo=UTC)),
        (date(2026, 3, 28), "Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 12, 31), "Asia/Kamchatka", datetime(2026, 12, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_its_own_midnight_also_when_the_clocks_change(day, zone, end):
    assert clock.end_of(day, zone) == end


def test_the_last_day_there_is_ends_too():
    assert clock.end_of(date.max, "Europe/Samara").year == 9999


def test_the_region_s_day_is_that_of_the_zone_it_was_settled_in(app):
    with clock.at(datetime(2026, 6, 18, 21, 30, tzinfo=UTC)):
        assert (clock.region(), clock.today()) == ("Europe/Samara", date(2026, 6, 19))
        clock.settle("America/New_York")
        try:
            assert clock.today() == date(2026, 6, 18)
        finally:
            clock.settle(app.config["CADRE"].zone)
