"""The benchmarks run from end to end, at a size that says nothing about speed."""

import pytest

from tests.bench.report import failed, table
from tests.bench.rows import Line, Patience
from tests.bench.run import Plan, measure
from tests.bench.stage import Sizes

TINY = Plan(
    wanted=("1", "3", "5", "6", "7", "10"),
    sizes=Sizes(programmes=50, candidates=(20,), learners=30, cohorts=2),
    patience=Patience(rounds=1, seconds=3, warm=0, count=20),
    races=(2,),
    race_rounds=1,
    race_people=5,
    import_rows=200,
)

pytestmark = pytest.mark.xdist_group("bench")
"""One process measures, once."""


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return measure("sqlite", TINY)


def test_every_row_has_its_figure(lines):
    assert {line.row.rstrip("abc") for line in lines} == set(TINY.wanted)
    assert all(line.ratio for line in lines if line.against)


def test_every_answer_was_as_it_should_be(lines):
    assert [line.notes for line in lines if "FAILED" in " ".join(line.notes)] == []


def test_an_import_changes_nothing_the_second_time(lines):
    [first, again, _floor] = [line for line in lines if line.row == "10"]

    assert "2 bad rows" in first.notes
    assert again.what == "  the same file again: 0 changes"


def test_seats_are_sold_exactly(lines):
    assert [line.passed for line in lines if line.row in ("6", "6b")] == [True, True]


def test_the_table_says_what_must_be_and_what_is_not():
    bad = Line("1", "catalogue", 10.0, "Core page", 4.0, "≤ 2 ×", passed=False)

    assert "FAIL" in table("a database", [bad])
    assert failed([bad, Line("2", "search", passed=True), Line("2", "floor")]) == [bad]
