"""The one source of the present moment, which tests and the demonstration region can set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_settled = ["UTC"]
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today(zone: str | tzinfo | None = None) -> date:
    """The calendar day at `zone` (an IANA name or a tzinfo), in the region if none is said."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: str | tzinfo | None = None) -> date:
    """The calendar day of a moment at `zone`, in the region if none is said."""
    place = zone or region()
    return moment.astimezone(ZoneInfo(place) if isinstance(place, str) else place).date()


def settle(zone: str) -> None:
    """Says where the region is; the application does so once, from its configuration."""
    _settled[0] = zone


def region() -> str:
    """The region's time zone: of people and organisations that say none of their own."""
    return _settled[0]


def end_of(day: date, zone: str = "UTC") -> datetime:
    """The moment at which `day` is over at `zone`: midnight of the day after, in UTC; the last day there is has none and ends as it begins."""
    following = min(day, date.max - timedelta(days=1)) + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment` (aware)."""
    before = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(before)
