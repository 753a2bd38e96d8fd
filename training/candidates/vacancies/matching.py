"""How well somebody's passport fits what a vacancy asks for: skills and levels, and nothing else about the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol


class Asked(Protocol):
    """A skill and the level that is asked."""

    @property
    def skill_id(self) -> int:
        """Which skill."""

    @property
    def level(self) -> int:
        """The level asked, 1 to 4."""


@dataclass(frozen=True)
class Reason:
    """One skill: what is asked and what is shown."""

    skill_id: int
    asked: int
    shown: int

    @property
    def met(self) -> bool:
        """Whether what is shown reaches what is asked."""
        return self.shown >= self.asked


@dataclass(frozen=True)
class Match:
    """How well a passport fits, of 100, with its reasons in the order of what is asked."""

    reasons: Sequence[Reason]

    @cached_property
    def score(self) -> int:
        """The shown share of the levels asked, rounded down; more than is asked counts no more than that."""
        asked = sum(reason.asked for reason in self.reasons)
        return 100 * sum(min(reason.asked, reason.shown) for reason in self.reasons) // asked if asked else 0

    @cached_property
    def met(self) -> int:
        """Skills at the level asked."""
        return sum(reason.met for reason in self.reasons)

    @cached_property
    def best(self) -> Reason | None:
        """The strongest reason: the highest level shown, of those the one most asked for."""
        shown = [reason for reason in self.reasons if reason.shown]
        return max(shown, key=lambda reason: (reason.shown, reason.asked, -reason.skill_id)) if shown else None

    @cached_property
    def missing(self) -> Sequence[Reason]:
        """What is asked and not shown at that level."""
        return [reason for reason in self.reasons if not reason.met]


def match(asked: Sequence[Asked], shown: Mapping[int, int]) -> Match:
    """The match of a passport (level by skill) with what is asked."""
    return Match([Reason(one.skill_id, one.level, shown.get(one.skill_id, 0)) for one in asked])
