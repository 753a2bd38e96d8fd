"""Seats under a race (PROMISES reliability 1): 2,000 people, 20 seats, a pause planted, and the twin without the guard."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.courses.factories import make_cohort, pool_of
from tests.factories import make_learners
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries, seats, services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED, Leaving, State
from training.kernel import config
from training.kernel.db import db
from training.kernel.policy import Learner, NotNow

SEATS, AT_ONCE = 20, 40


@pytest.fixture
def patience(monkeypatch):
    """Everybody waits for one of eight connections as long as it takes, as requests wait for one of a server's eight threads."""
    usual, eight = config.engine_options, {"pool_size": 8, "max_overflow": 0, "pool_timeout": 600}
    monkeypatch.setattr(config, "engine_options", lambda database: usual(database) | eight)


@dataclass
class Outcome:
    """What a race left behind."""

    seated: int
    held: int
    waiting: int
    ranks: list[int]
    broken: list[BaseException]

    def words(self, seats: int) -> str:
        """The figure of the promise."""
        return f"oversold {max(0, self.seated - seats)}, unsold {max(0, seats - self.held)}, errors {len(self.broken)}"


def race(app, cohort: int, people: list[Learner], *, act, at_once: int = AT_ONCE) -> list[BaseException]:
    """`act(actor, cohort)` for everybody, so many at a time from one starting gun; what was raised but refusals."""
    gun = Barrier(at_once)

    def run(number: int) -> BaseException | None:
        with app.app_context():
            try:
                if number < at_once:
                    gun.wait(timeout=60)
                loaded = cohorts.cohort(people[number], cohort)
                act(people[number], loaded)
            except NotNow:
                return None
            except Exception as error:  # noqa: BLE001 -- whatever it is, the race must not cause it
                return error
            return None

    with ThreadPoolExecutor(at_once) as pool:
        return [error for error in pool.map(run, range(len(people))) if error is not None]


def outcome(cohort_id: int, broken: list[BaseException]) -> Outcome:
    count = select(func.count()).where(Enrolment.cohort_id == cohort_id)
    pool_id = pool_of_id(cohort_id).id
    places = sorted(places[pool_id] for places in queries.ranks([cohort_id]).values())
    return Outcome(
        seated=db.session.scalar(count.where(Enrolment.state.in_(SEATED))) or 0,
        held=pool_of_id(cohort_id).held,
        waiting=db.session.scalar(count.where(Enrolment.state == State.WAITLISTED)) or 0,
        ranks=places,
        broken=broken,
    )


def pool_of_id(cohort_id: int):
    (pool,) = cohorts.pools_of(cohort_id)
    return pool


def apply(actor: Learner, cohort) -> None:
    services.apply(actor, cohort, funding=[Funding.STATE])


def slowed(act: Callable[..., Any], pause: float) -> Callable[..., Any]:
    """`act`, with a pause before it when the pool it is given has a seat to take."""

    def slowly(pool: SeatPool) -> Any:
        if pool.held < pool.seats:
            time.sleep(pause)
        return act(pool)

    return slowly


@pytest.mark.torture
def test_no_seat_is_sold_twice_and_none_is_left(patience, committing_app, sizes, figure):
    cohort, people = make_cohort(seats=SEATS), make_learners(sizes.people)

    broken = race(committing_app, cohort.id, people, act=apply, at_once=sizes.at_once)

    found = outcome(cohort.id, broken)
    figure("1 seats", f"{len(people)} people, {sizes.at_once} at a time, {SEATS} seats", found.words(SEATS), promised="0, 0, 0")
    assert (found.seated, found.held, found.waiting, found.broken) == (SEATS, SEATS, len(people) - SEATS, [])
    assert found.ranks == list(range(1, len(people) - SEATS + 1))


@pytest.mark.torture
def test_nor_with_a_pause_between_looking_and_writing(patience, committing_app, monkeypatch, sizes, figure):
    cohort, people = make_cohort(seats=SEATS), make_learners(sizes.slowed)
    monkeypatch.setattr(seats, "take", slowed(seats.take, sizes.pause))

    broken = race(committing_app, cohort.id, people, act=apply, at_once=sizes.at_once)

    found = outcome(cohort.id, broken)
    tried = f"{len(people)} people, {sizes.pause * 1000:.0f} ms between look and write, {SEATS} seats"
    figure("1 seats, slowed", tried, found.words(SEATS), promised="0, 0, 0")
    assert (found.seated, found.held, found.waiting, found.broken) == (SEATS, SEATS, len(people) - SEATS, [])


@pytest.mark.torture
def test_the_twin_without_the_guard_oversells(patience, committing_app, monkeypatch, sizes, figure):
    cohort, people = make_cohort(seats=3), make_learners(sizes.slowed)

    def naive(pools):
        """What was seen when the page was read decides; then the seat is written."""
        (pool,) = pools
        if pool.held >= pool.seats:
            return None
        time.sleep(sizes.pause)
        statement = update(SeatPool).where(SeatPool.id == pool.id).values(held=pool.held + 1)
        db.session.execute(statement.execution_options(synchronize_session=False))
        return pool

    monkeypatch.setattr(seats, "take_first", naive)
    monkeypatch.setattr(cohorts, "pools_of", seen)

    broken = race(committing_app, cohort.id, people, act=apply, at_once=sizes.at_once)

    monkeypatch.undo()
    found = outcome(cohort.id, broken)
    figure("1 seats, unguarded twin", f"{len(people)} people, 3 seats", f"oversold {found.seated - 3}", promised="more than 0")
    assert found.seated > 3


def seen(cohort_id: int):
    """The seats as the reading phase left them in the session."""
    return [one for one in db.session.identity_map.values() if isinstance(one, SeatPool) and one.cohort_id == cohort_id]


def test_leaving_and_applying_at_once_leaves_no_seat_free_while_somebody_waits(committing_app):
    cohort, people = make_cohort(seats=SEATS), make_learners(2 * AT_ONCE)
    for one in people[:SEATS]:
        apply(one, cohorts.cohort(one, cohort.id))
    leaving = {one.trainee_id for one in people[:SEATS]}

    def leave_or_apply(actor: Learner, loaded) -> None:
        if actor.trainee_id in leaving:
            mine = queries.own_in(actor, loaded.id)
            assert mine is not None
            services.withdraw(actor, mine, because=Leaving.MOVE)
        else:
            apply(actor, loaded)

    mixed = [one for pair in zip(people[:SEATS], people[SEATS : 2 * SEATS], strict=True) for one in pair] + people[2 * SEATS :]
    broken = race(committing_app, cohort.id, mixed, act=leave_or_apply)

    found = outcome(cohort.id, broken)
    assert found.broken == []
    assert (found.seated, found.held, found.waiting) == (SEATS, SEATS, len(people) - 2 * SEATS)
    assert found.ranks == list(range(1, found.waiting + 1))


def test_one_person_pressing_forty_times_takes_one_seat(committing_app):
    cohort, (person,) = make_cohort(seats=SEATS), make_learners(1)

    broken = race(committing_app, cohort.id, [person] * AT_ONCE, act=apply)

    found = outcome(cohort.id, broken)
    assert (found.seated, found.held, found.broken) == (1, 1, [])


def test_the_database_itself_refuses_more_seats_held_than_there_are(committing_app):
    cohort = make_cohort(seats=1)
    pool = pool_of(cohort)

    with pytest.raises(Exception, match=r"never_oversold|CHECK"):
        db.session.execute(update(SeatPool).where(SeatPool.id == pool.id).values(held=2))
