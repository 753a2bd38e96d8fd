"""Two transfers at once for one seat, one transfer decided twice at once; with the twin that lacks the guard."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_version, pool_of
from tests.courses.transfers.moving import ZONE, Moving
from tests.factories import learner, make_school, make_trainee
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import seats
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.transfers import policies, queries, services
from training.courses.transfers.models import Transfer
from training.courses.transfers.workflow import State
from training.kernel import clock
from training.kernel.db import Contended, Stale, db
from training.kernel.policy import NotNow


def race(app, *doings):
    """Does them all from one starting gun, each with the transfer that it names; what each came to."""
    gun = Barrier(len(doings))

    def run(doing):
        key, act = doing
        with app.app_context():
            transfer = queries.transfer(SYSTEM, key)
            gun.wait(timeout=30)
            for _ in range(3):
                try:
                    act(transfer)
                except Contended:
                    continue
                except (NotNow, Stale, IntegrityError) as error:
                    return error
                return None
            return None

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def another(moving):
    """A second trainee who asks for the same cohort."""
    school = make_school()
    trainee = make_trainee(school_id=school.id)
    mine = make_enrolment(make_cohort(make_version(make_programme(school))), trainee)
    loaded = enrolments.enrolment(SYSTEM, mine.id)
    return services.ask(learner(trainee), loaded, cohort=moving.aim, words="Nearer home.").id


def accepting(moving):
    return lambda transfer: services.accept(moving.receiver, transfer, from_on=clock.today(ZONE), funding=Funding.STATE)


def number(state):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Transfer).where(Transfer.state == state))


def test_one_seat_is_kept_for_one_of_two(committing_app):
    moving = Moving(seats=1)
    second = another(moving)

    outcomes = race(committing_app, (moving.key, accepting(moving)), (second, accepting(moving)))

    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert (number(State.ACCEPTED), number(State.ASKED), pool_of(moving.aim).held) == (1, 1, 1)


def test_a_seat_that_was_seen_is_not_a_seat_that_is_taken(committing_app, monkeypatch):
    """The rule believes in a seat that is gone: the conditional update does not."""
    moving = Moving(seats=1)
    second = another(moving)
    moving.accept()
    monkeypatch.setattr(policies, "why_not_sit", lambda pool: [])

    with pytest.raises(NotNow, match="taken just now"):
        accepting(moving)(queries.transfer(SYSTEM, second))
    assert pool_of(moving.aim).held == 1


def test_without_the_guard_the_database_refuses_what_would_oversell(committing_app, monkeypatch):
    moving = Moving(seats=1)
    second = another(moving)
    moving.accept()
    monkeypatch.setattr(policies, "why_not_sit", lambda pool: [])

    def unguarded(pool):
        db.session.execute(update(SeatPool).where(SeatPool.id == pool.id).values(held=SeatPool.held + 1))
        return True

    monkeypatch.setattr(seats, "take", unguarded)
    with pytest.raises(IntegrityError):
        accepting(moving)(queries.transfer(SYSTEM, second))


def test_one_of_going_and_staying_happens(committing_app):
    moving = Moving(seats=1)
    moving.accept()

    outcomes = race(
        committing_app,
        (moving.key, lambda transfer: services.confirm(moving.sender, transfer)),
        (moving.key, lambda transfer: services.withdraw(moving.me, transfer)),
    )

    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    gone = number(State.COMPLETED)
    seated = select(func.count()).where(Enrolment.state == EnrolmentState.ENROLLED)
    assert (gone + number(State.WITHDRAWN), db.session.scalar(seated)) == (1, 1)
    assert pool_of(moving.aim).held + pool_of(cohorts.cohort(SYSTEM, moving.old_id)).held == 1


def test_a_trainee_who_asks_twice_at_once_asks_once(committing_app):
    moving = Moving(ask=False)
    gun = Barrier(2)

    def ask(_number):
        with committing_app.app_context():
            enrolment = enrolments.enrolment(SYSTEM, moving.enrolment_id)
            gun.wait(timeout=30)
            try:
                services.ask(moving.me, enrolment, cohort=moving.aim, words="Twice.")
            except (NotNow, Stale, Contended) as error:
                return error
            return None

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(ask, range(2)))

    assert (sorted(outcome is None for outcome in outcomes), number(State.ASKED)) == ([False, True], 1)
