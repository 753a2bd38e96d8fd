"""How a mark is formed: as pure functions, with figures drawn by lot."""

from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.courses.assessments.forming import Attempt, Piece, Way, formed, mean, next_attempt
from training.courses.assessments.reading import Unreadable, band_at, read, share_of
from training.courses.scales.models import ScaleBand
from training.courses.scales.workflow import ScaleKind

BANDS = [ScaleBand(id=n, label=str(n), from_share=share, passes=n > 2) for n, share in ((2, 0), (3, 2000), (4, 4000), (5, 7000))]
PASS = [ScaleBand(id=10, label="fail", from_share=0, passes=False), ScaleBand(id=11, label="pass", from_share=2000, passes=True)]


def piece(number=1, *points, final=False, maximum=100, weight=1):
    attempts = [Attempt(n, p, None if p is None else band_at(BANDS, share_of(p, maximum))) for n, p in enumerate(points, 1)]
    return Piece(number, date(2026, 1, 1) + timedelta(days=number), final, weight, maximum, ScaleKind.MARKS, BANDS, attempts)


def direct(number, label, *, final=False, weight=1):
    band = next(one for one in BANDS if one.label == label)
    return Piece(number, date(2026, 1, 1), final, weight, None, ScaleKind.MARKS, BANDS, [Attempt(1, None, band)])


points = st.integers(0, 10_000)
pieces = st.lists(st.builds(lambda p, w, n: piece(n, p, weight=w), points, st.integers(1, 10), st.integers(1, 300)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "label"), [("19.99", "2"), ("20", "3"), ("39,99", "3"), ("40", "4"), ("69.99", "4"), ("70", "5"), ("100", "5"), ("0", "2")]
)
def test_the_recommended_conversion_has_no_gap(typed, label):
    outcome = read(typed, ScaleKind.MARKS, BANDS, 100)

    assert outcome.band_id == int(label)


@pytest.mark.parametrize("typed", ["", "101", "-1", "five", "1.234", "1e3", "٣", "½", "99999", "5%", "<b>", "=1+1"])
def test_what_is_no_number_of_points_is_refused(typed):
    with pytest.raises(Unreadable):
        read(typed, ScaleKind.MARKS, BANDS, 100)


@pytest.mark.parametrize(
    ("typed", "kind", "bands", "band"),
    [
        ("5", ScaleKind.MARKS, BANDS, 5),
        ("+", ScaleKind.PASS, PASS, 11),
        ("Зачёт", ScaleKind.PASS, PASS, 11),
        ("не  зачтено", ScaleKind.PASS, PASS, 10),
        ("FAIL", ScaleKind.PASS, PASS, 10),
        ("н", ScaleKind.PASS, PASS, None),
        ("A", ScaleKind.MARKS, BANDS, None),
        ("Н/Я", ScaleKind.MARKS, BANDS, None),
    ],
)
def test_marks_passes_and_absence_are_read_without_points(typed, kind, bands, band):
    outcome = read(typed, kind, bands, None)

    assert (outcome.band_id, outcome.absent, outcome.points) == (band, band is None, None)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(typed):
    for kind, bands, maximum in ((ScaleKind.MARKS, BANDS, 30), (ScaleKind.MARKS, BANDS, None), (ScaleKind.PASS, PASS, None)):
        outcome = None
        with suppress(Unreadable):
            outcome = read(typed, kind, bands, maximum)
        assert outcome is None or outcome.absent is (outcome.band_id is None)


@given(points, points)
def test_more_points_never_bring_a_lower_mark(few, many):
    few, many = sorted((few, many))

    assert band_at(BANDS, share_of(few, 100)).from_share <= band_at(BANDS, share_of(many, 100)).from_share


@given(pieces)
def test_the_mean_lies_between_the_lowest_and_the_highest(several):
    shares = [one.share for one in several if one.share is not None]

    assert min(shares) <= mean(several) <= max(shares)


@given(pieces)
def test_the_order_of_assessments_does_not_matter(several):
    keyed = [Piece(n, *[getattr(one, name) for name in list(Piece.__dataclass_fields__)[1:]]) for n, one in enumerate(several, 1)]

    assert formed(keyed) == formed(keyed[::-1])


@given(pieces)
def test_the_same_mark_everywhere_is_the_mark(several):
    labels = {one.counted.band.label for one in several}
    result = formed(several)

    assert result.way is Way.MEAN
    assert len(labels) > 1 or result.label in labels
    assert min(labels) <= result.label <= max(labels)


@given(pieces, points)
def test_a_final_assessment_decides_whatever_came_before(several, last):
    final = piece(900, last, final=True)

    result = formed([*several, final])

    assert (result.way, result.by, result.label) == (Way.FINAL, 900, final.counted.band.label)


@given(st.lists(st.one_of(st.none(), points), max_size=5))
def test_the_last_attempt_that_brought_a_mark_counts(attempts):
    one = piece(1, *attempts, final=True)
    marked = [number for number in attempts if number is not None]

    assert (one.counted.points if one.counted else None) == (marked[-1] if marked else None)
    assert formed([one]).done is (bool(marked) and marked[-1] >= 2000)


@given(st.lists(st.one_of(st.none(), points), max_size=5))
def test_a_further_attempt_is_for_whoever_did_not_pass(attempts):
    following = next_attempt(piece(1, *attempts).attempts)

    passed = bool(attempts) and attempts[-1] is not None and attempts[-1] >= 2000
    assert following == (None if passed else len(attempts) + 1)


def test_without_the_final_assessment_a_mean_is_only_so_far():
    result = formed([piece(1, 9000), piece(2, final=True)])

    assert (result.way, result.label, result.done, result.counted, result.of) == (Way.SO_FAR, "5", False, 1, 2)


def test_weights_count():
    assert mean([piece(1, 10_000, weight=3), piece(2, 0, weight=1)]) == Fraction(7500)
    assert formed([piece(1, 10_000, weight=1), piece(2, 0, weight=9)]).label == "2"


def test_a_mark_without_points_counts_as_the_middle_of_its_band():
    assert mean([direct(1, "5"), direct(2, "4")]) == Fraction(7000)
    assert formed([direct(1, "3"), direct(2, "3")]).label == "3"


def test_nothing_and_a_percent_say_what_they_are():
    half = Piece(1, date(2026, 1, 1), False, 1, 30, ScaleKind.PERCENT, PASS, [Attempt(1, 2000, PASS[1])])

    assert (formed([]).label, formed([]).way) == ("–", Way.NOTHING)
    assert formed([half]).label == "66.6\u202f%"
