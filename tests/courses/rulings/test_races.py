"""Two rulings at once: over one person, and for the last seat of a cohort; with the twins that lack the guard."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.courses.factories import SYSTEM, pool_of
from tests.courses.rulings.acting import drafted, manager, running, studying
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments import seats
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings import queries, services
from training.courses.rulings.models import Ruling
from training.courses.rulings.policies import Facts
from training.courses.rulings.workflow import Kind, Reason, State, What
from training.kernel.db import Contended, Stale, db
from training.kernel.policy import NotNow


def race(app, actor, rulings):
    """Signs them all from one starting gun; what each came to."""
    gun = Barrier(len(rulings))

    def sign(key):
        with app.app_context():
            ruling = queries.ruling(SYSTEM, key)
            gun.wait(timeout=30)
            for _ in range(3):
                try:
                    services.sign(actor, ruling)
                except Contended:
                    continue
                except (NotNow, Stale, IntegrityError) as error:
                    return error
                return None
            return None

    with ThreadPoolExecutor(len(rulings)) as pool:
        return list(pool.map(sign, rulings))


def signed_numbers():
    db.session.rollback()
    query = select(Ruling.number).where(Ruling.state == State.SIGNED).order_by(Ruling.number)
    return [str(number)[-4:] for number in db.session.scalars(query)]


def test_one_person_moves_by_one_of_two_rulings(committing_app):
    cohort = running()
    actor, (one,) = manager(cohort), studying(cohort, 1)
    expelled = What(reason=Reason.DEBT)
    keys = [drafted(actor, [one], Kind.EXPULSION, expelled).id, drafted(actor, [one], Kind.EXPULSION, expelled).id]

    outcomes = race(committing_app, actor, keys)

    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert signed_numbers() == ["0001"]
    assert pool_of(cohort).held == 0


def test_the_last_seat_goes_to_one_of_two_rulings(committing_app):
    cohort = running()
    there = running(cohort.programme_version, seats=1)
    actor, people = manager(cohort), studying(cohort, 2)
    keys = [drafted(actor, [one], Kind.TRANSFER, What(to_cohort_id=there.id)).id for one in people]

    outcomes = race(committing_app, actor, keys)

    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert (len(signed_numbers()), pool_of(there).held, pool_of(cohort).held) == (1, 1, 1)


def test_what_was_seen_before_is_not_what_is_taken(committing_app, monkeypatch):
    """The preview believes in a seat that is gone: the conditional update does not."""
    cohort = running()
    there = running(cohort.programme_version, seats=1)
    actor, people = manager(cohort), studying(cohort, 2)
    rulings = [drafted(actor, [one], Kind.TRANSFER, What(to_cohort_id=there.id)) for one in people]
    monkeypatch.setattr(Facts, "take", lambda self, pool_id: True)
    services.sign(actor, queries.ruling(SYSTEM, rulings[0].id))

    with pytest.raises(NotNow):
        services.sign(actor, queries.ruling(SYSTEM, rulings[1].id))
    assert len(signed_numbers()) == 1


def test_the_twin_without_the_guard_seats_two_people_on_one_seat(committing_app, monkeypatch):
    cohort = running()
    there = running(cohort.programme_version, seats=1)
    actor, people = manager(cohort), studying(cohort, 2)
    rulings = [drafted(actor, [one], Kind.TRANSFER, What(to_cohort_id=there.id)).id for one in people]
    monkeypatch.setattr(Facts, "take", lambda self, pool_id: True)

    def naive(pool_id, number):
        """What was seen decides; then it is written."""
        time.sleep(0.01)
        statement = update(SeatPool).where(SeatPool.id == pool_id).values(held=number)
        db.session.execute(statement.execution_options(synchronize_session=False))
        return True

    monkeypatch.setattr(seats, "take_several", naive)

    race(committing_app, actor, rulings)

    db.session.rollback()
    there_now = select(func.count()).where(Enrolment.cohort_id == there.id, Enrolment.state == EnrolmentState.ENROLLED)
    assert db.session.scalars(there_now).one() > pool_of(there).seats


def test_numbers_have_no_gap_and_no_double(committing_app):
    cohort = running(seats=12)
    actor, people = manager(cohort), studying(cohort, 6)
    keys = [drafted(actor, [one], Kind.ENROLMENT).id for one in people]

    outcomes = race(committing_app, actor, keys)

    assert outcomes == [None] * 6
    assert signed_numbers() == [f"{number:04}" for number in range(1, 7)]
