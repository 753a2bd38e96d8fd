"""The ledger of bought seats: whatever is done in whatever order, every seat is free, kept for somebody or taken, and none twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tests.courses.buying import Bought, make_worker, nominee
from tests.courses.enrolments.test_races import AT_ONCE, race
from tests.courses.factories import SYSTEM
from tests.factories import learner
from training.courses.allocations import queries, services
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import OPEN, State
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import seats
from training.courses.enrolments import services as enrolment_services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED, Leaving
from training.courses.purchases import queries as purchases
from training.courses.purchases import services as buying
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Learner, NotNow
from training.trainees.profiles.models import Trainee
from training.turns.services import expire

PEOPLE, BOUGHT, THERE = 4, 2, 6


class Ledger:
    """One purchase, four workers, and everything that can be done with them; `who` and `how` say with whom and as whom."""

    def __init__(self) -> None:
        self.bought = Bought(BOUGHT, there=THERE)
        self.mails = [f"w{number}-{self.bought.key}@plant.example" for number in range(PEOPLE)]
        self.workers = [make_worker(mail).id for mail in self.mails]
        self.days = 0

    def actor(self, who: int):
        return learner(db.session.get_one(Trainee, self.workers[who]))

    def newest(self, who: int) -> int:
        query = select(func.max(Allocation.id)).where(Allocation.email_key == self.mails[who], Allocation.purchase_id == self.bought.key)
        key = db.session.scalar(query)
        if key is None:
            raise NotNow("nobody named this person")
        return key

    def nominate(self, who: int, how: int) -> None:
        self.bought.name(nominee(email=self.mails[who]), actor=self.bought.manager if how % 2 else self.bought.recruiter)

    def nominate_two(self, who: int, how: int) -> None:
        people = [nominee(email=self.mails[one]) for one in {who, how % PEOPLE}]
        self.bought.name(*people)

    def approve(self, who: int, how: int) -> None:
        services.approve(self.bought.manager, self.bought.allocation(self.newest(who)))

    def approve_all(self, who: int, how: int) -> None:
        services.approve_all(self.bought.manager, self.bought.purchase)

    def accept(self, who: int, how: int) -> None:
        key = self.newest(who)
        if self.bought.allocation(key).until_at is not None:
            services.accept(self.actor(who), queries.allocation(self.actor(who), key))

    def decline(self, who: int, how: int) -> None:
        key = self.newest(who)
        if self.bought.allocation(key).until_at is not None:
            services.decline(self.actor(who), queries.allocation(self.actor(who), key), reason="No")

    def cancel(self, who: int, how: int) -> None:
        services.cancel(self.bought.recruiter, self.bought.allocation(self.newest(who)), reason="Moved")

    def leave(self, who: int, how: int) -> None:
        mine = enrolments.own_in(self.actor(who), self.bought.cohort_id)
        if mine is not None:
            enrolment = enrolments.enrolment(SYSTEM, mine.id)
            if how % 2:
                enrolment_services.withdraw(self.actor(who), enrolment, because=Leaving.WORK)
            else:
                enrolment_services.expel(self.bought.head, enrolment, reason="Absent")

    def give_back(self, who: int, how: int) -> None:
        buying.give_back(self.bought.manager, self.bought.purchase, seats=how + 1)

    def wait(self, who: int, how: int) -> None:
        self.days += how * 3
        expire()

    def work(self, who: int, how: int) -> None:
        run_due()

    def holds(self) -> None:
        """What is true at every moment."""
        all_of_them, taken, promised = self.bought.figures
        studying = select(func.count()).where(Enrolment.pool_id == self.bought.purchase.pool_id, Enrolment.state.in_(SEATED))
        waiting = select(func.count()).where(Allocation.purchase_id == self.bought.key, Allocation.state.in_(OPEN))
        assert taken == db.session.scalar(studying)
        assert promised == db.session.scalar(waiting)
        assert 0 <= taken + promised <= all_of_them
        assert all_of_them + self.bought.open_seats[0] == THERE

    def settles(self) -> None:
        """What is true once the background work is done: whoever accepted sits on a seat."""
        run_due()
        accepted = select(func.count()).where(Allocation.purchase_id == self.bought.key, Allocation.state == State.ACCEPTED)
        assert db.session.scalar(accepted) == self.bought.figures[1]


STEPS = ("nominate", "nominate_two", "approve", "approve_all", "accept", "decline", "cancel", "leave", "give_back", "wait", "work")


@pytest.mark.usefixtures("app")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, PEOPLE - 1), st.integers(0, 3)), min_size=4, max_size=14))
def test_every_seat_is_free_or_kept_or_taken_whatever_happens(steps):
    ledger, now = Ledger(), clock.now()
    for step, who, how in steps:
        with clock.at(now + timedelta(days=ledger.days)):
            with suppress(NotNow):
                getattr(ledger, step)(who, how)
            ledger.holds()
    with clock.at(now + timedelta(days=ledger.days)):
        ledger.settles()


def at_once(app, bought: Bought, act: Callable[[int, int], None]) -> list[BaseException]:
    """`act(purchase, number)` forty times from one starting gun."""
    numbers = iter(range(AT_ONCE))
    anybody = [Learner(0, 0)] * AT_ONCE
    return race(app, bought.cohort_id, anybody, act=lambda actor, cohort: act(bought.key, next(numbers)))


def named(bought: Bought) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Allocation.purchase_id == bought.key)) or 0


def test_forty_who_name_somebody_at_once_never_name_more_than_were_bought(committing_app):
    bought = Bought(5)

    def name(key: int, number: int) -> None:
        purchase = purchases.purchase(bought.manager, key)
        services.nominate(bought.manager, purchase, people=[nominee(email=f"r{number}@plant.example")], language="en")

    broken = at_once(committing_app, bought, name)

    assert (broken, named(bought), bought.figures) == ([], 5, (5, 0, 5))


def test_the_twin_without_the_guard_names_more(committing_app, monkeypatch):
    bought = Bought(5)

    def naive(pool_id: int, number: int) -> bool:
        """What was seen when the page was read decides, and nothing is kept."""
        return bool(db.session.get_one(SeatPool, pool_id).free >= number)

    monkeypatch.setattr(seats, "promise", naive)

    def name(key: int, number: int) -> None:
        purchase = purchases.purchase(bought.manager, key)
        services.nominate(bought.manager, purchase, people=[nominee(email=f"r{number}@plant.example")], language="en")

    at_once(committing_app, bought, name)

    assert named(bought) > 5


def test_accepting_and_cancelling_at_once_leaves_one_of_both(committing_app):
    bought = Bought(1)
    worker = learner(make_worker("both@plant.example"))
    (key,) = bought.name(nominee(email="both@plant.example"))

    def either(_purchase: int, number: int) -> None:
        if number % 2:
            services.accept(worker, queries.allocation(worker, key))
        else:
            services.cancel(bought.recruiter, queries.allocation(bought.recruiter, key), reason="Moved")

    broken = at_once(committing_app, bought, either)

    state = bought.allocation(key).state
    assert (broken, state in (State.ACCEPTED, State.CANCELLED)) == ([], True)
    assert bought.figures == ((1, 1, 0) if state is State.ACCEPTED else (1, 0, 0))


def test_the_database_itself_refuses_more_seats_kept_than_there_are(app):
    bought = Bought(1)

    with pytest.raises(Exception, match=r"never_oversold|CHECK"):
        db.session.execute(update(SeatPool).where(SeatPool.id == bought.purchase.pool_id).values(promised=2))
