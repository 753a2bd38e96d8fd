"""Quiet hours and mornings, by the clock on somebody's wall: gaps and repeated hours included."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def is_quiet(now: datetime, zone: str, *, quiet_from: int, quiet_until: int) -> bool:
    """Whether the wall clock at `zone` stands between the two (minutes after midnight), over midnight where `from` is the later."""
    there = now.astimezone(ZoneInfo(zone))
    minute = there.hour * 60 + there.minute
    if quiet_from < quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def next_at(now: datetime, zone: str, minute: int) -> datetime:
    """The next moment after `now` at which the wall clock at `zone` shows that minute of the day.

    A minute that a day leaves out (clocks put forward) is met by the moment after the gap that lies as far in; one that a day
    has twice is met the first time that is still to come.
    """
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    moments = []
    for day in (today + timedelta(days=days) for days in (-1, 0, 1, 2)):
        wall = datetime(day.year, day.month, day.day, *divmod(minute, 60), tzinfo=here)
        first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
        moments += [first, second] if first <= second else [first]  # in a gap the second reading lies before it
    return min(moment for moment in moments if moment > now)


def quiet_end(now: datetime, zone: str, *, quiet_from: int, quiet_until: int) -> datetime | None:
    """When the quiet that lasts now is over; None when it is not quiet."""
    if not is_quiet(now, zone, quiet_from=quiet_from, quiet_until=quiet_until):
        return None
    end = next_at(now, zone, quiet_until)
    while is_quiet(end, zone, quiet_from=quiet_from, quiet_until=quiet_until):
        end = next_at(end, zone, quiet_until)  # a gap or a repeated hour can lie at the end itself
    return end
