"""What the law keeps from being erased."""

from dataclasses import dataclass
from datetime import date

from training.kernel.i18n import LazyString


@dataclass(frozen=True)
class Hold:
    """A record that stays as it is, until when (None: for good), and where that is written."""

    kind: str
    id: int
    words: str | LazyString
    """What it is, as people name it."""
    until_on: date | None
    source: str


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
