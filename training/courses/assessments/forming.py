"""How the mark of a module is formed out of its assessments: pure functions, the same for every page, list and document.

The mark is that of the last counted attempt in the module's final assessment; without a final assessment it is the weighted mean of
what was achieved, in shares of all points, turned into a mark by the module's scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from training.courses.assessments.reading import band_at, middle_of, share_of, shown
from training.courses.scales.models import ScaleBand
from training.courses.scales.workflow import ScaleKind
from training.kernel.i18n import _

_RICHEST = (ScaleKind.PASS, ScaleKind.PERCENT, ScaleKind.MARKS)


class Way(Enum):
    """How far a mark is formed."""

    FINAL = "final"
    """By the final assessment."""
    MEAN = "mean"
    """As the mean of all assessments of the module, each of which has a result."""
    SO_FAR = "so_far"
    """As the mean of those that have a result: it can still change."""
    RECOGNISED = "recognised"
    """Without a mark: it was learnt before, and the school has recognised that."""
    NOTHING = "nothing"
    """There is no result."""


@dataclass(frozen=True)
class Attempt:
    """One attempt as it counts now: points (hundredths) or none, the band; without a band whoever did not come."""

    number: int
    points: int | None
    band: ScaleBand | None


@dataclass(frozen=True)
class Piece:
    """One assessment of a module, and what one trainee achieved in it."""

    id: int
    held_on: date
    final: bool
    weight: int
    maximum: int | None
    kind: ScaleKind
    bands: Sequence[ScaleBand]
    attempts: Sequence[Attempt]

    @property
    def counted(self) -> Attempt | None:
        """The last attempt that brought a mark; not coming brings none."""
        return next((one for one in sorted(self.attempts, key=lambda one: -one.number) if one.band is not None), None)

    @property
    def share(self) -> Fraction | None:
        """What was achieved, in hundredths of a percent; a mark without points counts as the middle of its band."""
        attempt = self.counted
        if attempt is None or attempt.band is None:
            return None
        if attempt.points is not None and self.maximum is not None:
            return share_of(attempt.points, self.maximum)
        return middle_of(self.bands, attempt.band)


@dataclass(frozen=True)
class Formed:
    """A mark and how it was formed."""

    way: Way
    band: ScaleBand | None = None
    kind: ScaleKind | None = None
    share: Fraction | None = None
    counted: int = 0
    """Assessments that have a result."""
    of: int = 0
    """Assessments there are."""
    by: int | None = None
    """The final assessment."""

    @property
    def done(self) -> bool:
        """Whether the module is passed for good."""
        marked = self.way in (Way.FINAL, Way.MEAN) and self.band is not None and self.band.passes
        return marked or self.way is Way.RECOGNISED

    @property
    def failed(self) -> bool:
        """Whether the mark, as it stands, does not pass."""
        return self.band is not None and not self.band.passes

    @property
    def label(self) -> str:
        """The mark as people read it; a word for what was learnt before, a dash for none."""
        if self.way is Way.RECOGNISED:
            return _("recognised")
        return label_of(self.band, self.kind, self.share)


def label_of(band: ScaleBand | None, kind: ScaleKind | None, share: Fraction | None) -> str:
    """A mark, pass or fail, or the percent, rounded down to a tenth."""
    if band is None:
        return "–"
    if kind is ScaleKind.PERCENT and share is not None:
        return f"{shown(int(share) // 10 * 10)}\u202f%"
    return str(band.words)


def formed(pieces: Sequence[Piece]) -> Formed:
    """The mark of a module for one trainee."""
    results = [one for one in pieces if one.counted is not None]
    finals = [one for one in pieces if one.final]
    ended = [one for one in finals if one.counted is not None]
    if ended:
        last = max(ended, key=_when)
        attempt = last.counted
        assert attempt is not None
        return Formed(Way.FINAL, attempt.band, last.kind, last.share, len(results), len(pieces), last.id)
    if not results:
        return Formed(Way.NOTHING, of=len(pieces))
    whole = not finals and len(results) == len(pieces)
    scale = max(results, key=lambda one: (_RICHEST.index(one.kind), *_when(one)))
    share = mean(results)
    return Formed(Way.MEAN if whole else Way.SO_FAR, band_at(scale.bands, share), scale.kind, share, len(results), len(pieces))


def mean(pieces: Sequence[Piece]) -> Fraction:
    """The weighted mean of what was achieved, in hundredths of a percent; every piece has a result."""
    weights = sum(one.weight for one in pieces)
    return sum((one.share * one.weight for one in pieces if one.share is not None), Fraction()) / weights


def _when(piece: Piece) -> tuple[date, int]:
    return piece.held_on, piece.id


def next_attempt(attempts: Sequence[Attempt]) -> int | None:
    """The number of the attempt that can be marked next; None once the last one passed."""
    if not attempts:
        return 1
    last = max(attempts, key=lambda one: one.number)
    return None if last.band is not None and last.band.passes else last.number + 1
