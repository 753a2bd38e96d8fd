"""How much the promises about reliability are tried with, and the figures they come to: short in `make test`, full in `make torture`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SECTION = "promises of reliability"
NAME = "figure"
"""Under this name a test hands its figure to the report, from whichever process it ran in."""


@dataclass(frozen=True)
class Sizes:
    """How many people, kills, letters and rows a promise is tried with."""

    people: int
    """Who race for 20 seats."""
    at_once: int
    """How many of them at the same moment."""
    slowed: int
    """Who race again with the pause planted, and in the twin without the guard."""
    pause: float
    """Seconds planted between looking and writing."""
    kills: int
    letters: int
    rows: int
    """Rows of each table that migrations are tried with."""
    imported: int
    """Rows of a file, one in a hundred bad."""
    exported: int
    """Rows of a list that goes out."""


SHORT = Sizes(people=2_000, at_once=40, slowed=40, pause=0.02, kills=5, letters=60, rows=1, imported=1_000, exported=20_000)
FULL = Sizes(people=2_000, at_once=200, slowed=2_000, pause=0.2, kills=50, letters=500, rows=10_000, imported=10_000, exported=100_000)


@dataclass(frozen=True)
class Figure:
    """What one promise came to in this run."""

    promise: str
    tried: str
    """With how many."""
    found: str
    promised: str

    def __str__(self) -> str:
        """A line of the report."""
        return f"{self.promise:24} {self.tried:58} {self.found:34} promised: {self.promised}"


def lines(reports: Iterable[Any]) -> list[str]:
    """The figures that tests handed over, in the order of the promises."""
    found = {str(value) for report in reports for name, value in getattr(report, "user_properties", ()) if name == NAME}
    return sorted(found, key=lambda line: (int(line.split()[0]), line))
