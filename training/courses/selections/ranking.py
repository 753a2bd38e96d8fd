"""The order of a ranked list and who gets which seat: pure functions of what is known of each applicant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from training.courses.selections.workflow import Tie


@dataclass(frozen=True)
class Entry:
    """An applicant as far as the order asks; `key` tells those apart who applied at the same moment."""

    key: int
    first: bool
    """By an accepted priority group."""
    points: int
    average: int
    priority: int
    arrived_at: datetime

    @property
    def order(self) -> tuple[bool, int, int, int, datetime, int]:
        """What they are ordered by: priority groups first, then points, certificate average, priority, time of the application."""
        return (not self.first, -self.points, -self.average, self.priority, self.arrived_at, self.key)


@dataclass(frozen=True)
class Line:
    """A place of the list, and what decided between it and its neighbours where the points are the same."""

    place: int
    entry: Entry
    above: Tie | None = None
    below: Tie | None = None


def tie(one: Entry, other: Entry) -> Tie | None:
    """What decides between two with the same points in the same group; nothing where the points do."""
    if (one.first, one.points) != (other.first, other.points):
        return None
    if one.average != other.average:
        return Tie.AVERAGE
    return Tie.PRIORITY if one.priority != other.priority else Tie.ARRIVAL


def ranked(entries: Sequence[Entry]) -> list[Line]:
    """The list, best first, with its ties; the same whatever the order of the entries."""
    found = sorted(entries, key=lambda one: one.order)
    ties = [None, *(tie(one, other) for one, other in pairwise(found)), None]
    return [Line(place, one, ties[place - 1], ties[place]) for place, one in enumerate(found, 1)]


def allot(named: Sequence[tuple[int, Sequence[int]]], free: Mapping[int, int]) -> dict[int, int]:
    """Who gets a seat of which pool: each in turn one of the first of the pools they named that has room. By key."""
    left = dict(free)
    given: dict[int, int] = {}
    for key, pools in named:
        pool = next((one for one in pools if left.get(one, 0) > 0), None)
        if pool is not None:
            left[pool] -= 1
            given[key] = pool
    return given


def total(points: Mapping[int, int], weights: Mapping[int, int]) -> int:
    """All points, each times the weight of what it was given for."""
    return sum(points[key] * weights[key] for key in points)
