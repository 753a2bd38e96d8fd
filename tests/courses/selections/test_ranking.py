"""The order of the list and who gets which seat, tried with anything."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from training.courses.selections.ranking import Entry, Line, allot, ranked, tie, total
from training.courses.selections.workflow import Tie

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def entry(key: int, **given: object) -> Entry:
    values = {"first": False, "points": 10, "average": 400, "priority": 1, "arrived_at": NOON + timedelta(minutes=key), **given}
    return Entry(key, **values)  # type: ignore[arg-type]


few = some.integers(0, 3)
entries = some.lists(
    some.builds(
        Entry,
        some.integers(1, 10_000),
        some.booleans(),
        few,
        few.map(lambda number: 400 + number),
        some.integers(1, 5),
        few.map(lambda number: NOON + timedelta(minutes=number)),
    ),
    unique_by=lambda one: one.key,
    max_size=30,
)


@given(entries, some.randoms())
def test_the_list_is_the_same_whatever_the_order_of_the_entries(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert ranked(shuffled) == ranked(found)


@given(entries)
def test_everybody_has_one_place_and_nobody_stands_before_somebody_better(found):
    lines = ranked(found)

    assert [line.place for line in lines] == list(range(1, len(found) + 1))
    assert {line.entry.key for line in lines} == {one.key for one in found}
    for line, following in pairwise(lines):
        better, worse = line.entry, following.entry
        assert (better.first, better.points) >= (worse.first, worse.points)
        if (better.first, better.points) == (worse.first, worse.points):
            assert better.average >= worse.average
            if better.average == worse.average:
                assert better.priority <= worse.priority
                if better.priority == worse.priority:
                    assert better.arrived_at <= worse.arrived_at


@given(entries)
def test_a_tie_is_told_on_both_sides_and_names_what_differs(found):
    lines = ranked(found)

    for line, following in pairwise(lines):
        assert line.below == following.above == tie(line.entry, following.entry)
        if line.below is Tie.AVERAGE:
            assert line.entry.average > following.entry.average
        if line.below is Tie.PRIORITY:
            assert (line.entry.average, True) == (following.entry.average, line.entry.priority < following.entry.priority)
        if line.below is None:
            assert (line.entry.first, line.entry.points) != (following.entry.first, following.entry.points)


@given(
    some.lists(some.lists(some.integers(1, 4), unique=True, max_size=4), max_size=30),
    some.dictionaries(some.integers(1, 4), some.integers(0, 5)),
)
def test_no_pool_is_overdrawn_and_no_seat_stays_free_while_somebody_named_it(wishes, free):
    named = list(enumerate(wishes))

    given_seats = allot(named, free)

    for pool, seats in free.items():
        taken = sum(one == pool for one in given_seats.values())
        assert taken <= seats
        if taken < seats:
            assert all(key in given_seats for key, pools in named if pool in pools)
    for key, pool in given_seats.items():
        assert pool in wishes[key]


@given(
    some.lists(some.lists(some.integers(1, 4), unique=True, max_size=4), max_size=20),
    some.dictionaries(some.integers(1, 4), some.integers(0, 5)),
)
def test_somebody_below_never_takes_a_seat_from_somebody_above(wishes, free):
    named = list(enumerate(wishes))

    whole = allot(named, free)

    for count in range(len(named)):
        assert allot(named[:count], free) == {key: pool for key, pool in whole.items() if key < count}


def test_points_decide_then_average_priority_and_arrival():
    best, second, third, fourth, last = (
        entry(9, points=11, average=300),
        entry(8, average=450),
        entry(7),
        entry(2, priority=2),
        entry(3, priority=2),
    )

    lines = ranked([last, fourth, third, second, best])

    assert [line.entry for line in lines] == [best, second, third, fourth, last]
    assert lines[1] == Line(2, second, None, Tie.AVERAGE)
    assert lines[2] == Line(3, third, Tie.AVERAGE, Tie.PRIORITY)
    assert lines[4] == Line(5, last, Tie.ARRIVAL, None)


def test_a_priority_group_stands_first_whatever_its_points():
    assert [line.entry.key for line in ranked([entry(1, points=99), entry(2, points=0, first=True)])] == [2, 1]


def test_points_count_by_their_weight():
    assert total({1: 5, 2: 7}, {1: 2, 2: 1}) == 17
