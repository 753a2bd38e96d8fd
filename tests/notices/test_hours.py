"""Quiet hours and mornings by the clock on the wall, across zones, gaps and repeated hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from training.notices import hours

EIGHT, TEN_PM, SEVEN = 8 * 60, 22 * 60, 7 * 60
ZONES = [
    "Europe/Kaliningrad",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Kamchatka",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("now", "zone", "quiet"),
    [
        ("2026-06-19T18:00", "Europe/Samara", True),  # 22:00
        ("2026-06-19T17:59", "Europe/Samara", False),
        ("2026-06-20T02:59", "Europe/Samara", True),  # 06:59
        ("2026-06-20T03:00", "Europe/Samara", False),
        ("2026-06-19T18:00", "Europe/Kaliningrad", False),  # 20:00
        ("2026-06-19T10:00", "Asia/Kamchatka", True),  # 22:00
    ],
)
def test_over_midnight(now, zone, quiet):
    assert hours.is_quiet(utc(now), zone, quiet_from=TEN_PM, quiet_until=SEVEN) is quiet


def test_within_a_day():
    assert hours.is_quiet(utc("2026-06-19T09:00"), "Europe/Samara", quiet_from=13 * 60, quiet_until=14 * 60)
    assert not hours.is_quiet(utc("2026-06-19T10:00"), "Europe/Samara", quiet_from=13 * 60, quiet_until=14 * 60)


@pytest.mark.parametrize("zone", ZONES)
def test_quiet_ends_at_its_minute_on_the_wall_on_every_day_of_the_year(zone):
    for day in range(365):
        now = utc("2026-01-01T00:00") + timedelta(days=day, hours=day % 24)
        end = hours.quiet_end(now, zone, quiet_from=TEN_PM, quiet_until=SEVEN)
        if end is None:
            assert not hours.is_quiet(now, zone, quiet_from=TEN_PM, quiet_until=SEVEN)
        else:
            assert now < end <= now + timedelta(hours=10, minutes=30)
            assert wall(end, zone).endswith("07:00")


@pytest.mark.parametrize("zone", ZONES)
def test_a_morning_comes_once_a_day(zone):
    now, mornings = utc("2026-01-01T00:00"), []
    while now < utc("2026-12-31T00:00"):
        now = hours.next_at(now, zone, EIGHT)
        mornings.append(wall(now, zone))

    assert len(mornings) == len(set(mornings))
    assert {morning[-5:] for morning in mornings} == {"08:00"}
    assert len(mornings) in (364, 365)


class TestSummerTime:
    """Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October, 03:00 becomes 02:00."""

    def test_a_minute_that_the_day_leaves_out(self):
        end = hours.quiet_end(utc("2026-03-29T00:30"), "Europe/Berlin", quiet_from=TEN_PM, quiet_until=150)

        assert end is not None
        assert wall(end, "Europe/Berlin") == "03-29 03:30"

    def test_a_night_that_is_an_hour_shorter(self):
        end = hours.quiet_end(utc("2026-03-28T21:00"), "Europe/Berlin", quiet_from=TEN_PM, quiet_until=SEVEN)

        assert end == utc("2026-03-29T05:00")

    def test_a_night_that_is_an_hour_longer(self):
        end = hours.quiet_end(utc("2026-10-24T20:00"), "Europe/Berlin", quiet_from=TEN_PM, quiet_until=SEVEN)

        assert end == utc("2026-10-25T06:00")

    def test_a_minute_that_the_day_has_twice(self):
        first = hours.quiet_end(utc("2026-10-24T23:00"), "Europe/Berlin", quiet_from=TEN_PM, quiet_until=150)
        second = hours.quiet_end(utc("2026-10-25T01:10"), "Europe/Berlin", quiet_from=TEN_PM, quiet_until=150)

        assert (first, second) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))

    def test_a_morning_in_the_repeated_hour_is_met_each_time_it_is_still_to_come(self):
        assert hours.next_at(utc("2026-10-25T00:30"), "Europe/Berlin", 150) == utc("2026-10-25T01:30")
        assert hours.next_at(utc("2026-10-25T01:30"), "Europe/Berlin", 150) == utc("2026-10-26T01:30")


def test_the_end_of_the_year_and_of_a_february():
    assert hours.next_at(utc("2026-12-31T20:00"), "Europe/Samara", EIGHT) == utc("2027-01-01T04:00")
    assert hours.next_at(utc("2028-02-28T20:00"), "Europe/Samara", EIGHT) == utc("2028-02-29T04:00")
