"""What a teacher types into a cell of a gradebook, understood: points, a mark, pass or fail, or that somebody did not come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from training.courses.scales.models import PASSED, WHOLE, ScaleBand
from training.courses.scales.workflow import ScaleKind
from training.kernel.i18n import LazyString, _l

ABSENT = {"a", "abs", "absent", "н", "ня", "н/я", "не явился", "не явилась", "неявка"}
"""Words for who did not come."""
PASSES = {"pass", "p", "+", "зачтено", "зачет", "зач", "зачтен", "з"}
FAILS = {"fail", "f", "-", "−", "не зачтено", "незачтено", "незачет", "незач", "нз"}
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")


@dataclass(frozen=True)
class Outcome:
    """What one attempt brought: points (hundredths), the band that they or the teacher gave, or neither for who did not come."""

    points: int | None
    band_id: int | None
    absent: bool = False


class Unreadable(Exception):
    """What was typed is no result of this assessment; says what is."""

    def __init__(self, sentence: LazyString) -> None:
        """The sentence to show."""
        super().__init__(sentence)
        self.sentence = sentence


def read(text: str, kind: ScaleKind, bands: Sequence[ScaleBand], maximum: int | None) -> Outcome:
    """The result that was typed; raises Unreadable."""
    typed = " ".join(text.replace("ё", "е").replace("Ё", "е").casefold().split())
    if typed in ABSENT:
        return Outcome(None, None, absent=True)
    if maximum is not None:
        points = _points(typed, maximum)
        return Outcome(points, band_at(bands, share_of(points, maximum)).id)
    if kind is ScaleKind.PASS and typed in PASSES | FAILS:
        return Outcome(None, next(one.id for one in bands if (one.label == PASSED) is (typed in PASSES)))
    named = next((one.id for one in bands if one.label.casefold() == typed), None)
    if named is None:
        raise Unreadable(what(kind, bands, maximum))
    return Outcome(None, named)


def what(kind: ScaleKind, bands: Sequence[ScaleBand], maximum: int | None) -> LazyString:
    """What can be typed, as a sentence."""
    if maximum is not None:
        return _l("Write points from 0 to %(maximum)d, or a (absent).", maximum=maximum)
    if kind is ScaleKind.PASS:
        return _l("Write + (pass), - (fail), or a (absent).")
    return _l("Write one of the marks %(marks)s, or a (absent).", marks=", ".join(one.label for one in bands))


def _points(typed: str, maximum: int) -> int:
    if _NUMBER.fullmatch(typed) is None:
        raise Unreadable(_l("Write points from 0 to %(maximum)d, or a (absent).", maximum=maximum))
    whole, _point, rest = typed.replace(",", ".").partition(".")
    points = int(whole) * 100 + int(rest.ljust(2, "0"))
    if points > maximum * 100:
        raise Unreadable(_l("There are %(maximum)d points at most.", maximum=maximum))
    return points


def share_of(points: int, maximum: int) -> Fraction:
    """Points (hundredths) as a share of all points, in hundredths of a percent."""
    return Fraction(points * WHOLE, maximum * 100)


def band_at(bands: Sequence[ScaleBand], share: Fraction) -> ScaleBand:
    """The highest band that begins at the share (hundredths of a percent) or below: between 19.99 and 20 there is no gap."""
    return max((one for one in bands if one.from_share <= share), key=lambda one: one.from_share)


def middle_of(bands: Sequence[ScaleBand], band: ScaleBand) -> Fraction:
    """The middle of a band as a share: what a mark counts for that was given without points."""
    above = min((one.from_share for one in bands if one.from_share > band.from_share), default=WHOLE)
    return Fraction(band.from_share + above, 2)


def shown(points: int) -> str:
    """Points as people write them, without zeros at the end."""
    return f"{points // 100}.{points % 100:02}".rstrip("0").rstrip(".")
