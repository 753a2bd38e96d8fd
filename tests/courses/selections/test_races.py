"""A round of offers beside people who take, leave and are called: seats held never exceed seats, and none stays free while somebody waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func, select, update

from tests.courses.factories import make_cohort, pool_of
from tests.factories import actor_of, make_learners
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Admission, Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import seats
from training.courses.enrolments import services as enrolment_services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED, Leaving
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import calling, services
from training.courses.selections.models import Document
from training.courses.selections.workflow import State
from training.kernel import clock
from training.kernel.db import Contended, db, writing
from training.kernel.policy import Actor, Learner, NotNow, Role
from training.organisations.models import Organisation

SEATS, PEOPLE, AT_ONCE = 6, 24, 12


def listed(number: int) -> tuple[int, Actor, list[Learner]]:
    """A cohort with closed applications and a published list of so many people; its manager, and the people in the list's order."""
    cohort, people = make_cohort(seats=SEATS, admission=Admission.SELECTION), make_learners(number)
    key = cohort.id
    manager = actor_of(db.session.get_one(Organisation, cohort.school_id), Role.MANAGER)
    for place, actor in enumerate(people):
        services.apply(actor, cohorts.cohort(actor, key), funding=[Funding.STATE], priority=1, average=500 - place)
    loose = {"synchronize_session": False}
    db.session.execute(update(Document).values(required=False, state=State.MISSING).execution_options(**loose))
    db.session.execute(update(Cohort).where(Cohort.id == key).values(state=CohortState.CLOSED).execution_options(**loose))
    db.session.commit()
    db.session.expunge_all()
    calling.publish(manager, cohorts.cohort(manager, key))
    return key, manager, people


def at_once(app, acts) -> list[BaseException]:
    """All acts from one starting gun, each as a request would be: tried again when the database ended it; what was raised but refusals."""
    gun = Barrier(len(acts))

    def run(act) -> BaseException | None:
        with app.app_context():
            gun.wait(timeout=60)
            for attempt in range(6):
                try:
                    act()
                except NotNow:
                    return None
                except Contended as error:
                    db.session.rollback()
                    db.session.expunge_all()
                    if attempt == 5:
                        return error
                except Exception as error:  # noqa: BLE001 -- whatever it is, the race must not cause it
                    return error
                else:
                    return None
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return [error for error in pool.map(run, acts) if error is not None]


def offering(manager: Actor, key: int):
    """A press of the button that offers the seats."""

    def act() -> None:
        calling.offer(manager, cohorts.cohort(manager, key), until_on=clock.today("Europe/Samara") + timedelta(days=5))

    return act


def leaving(actor: Learner, key: int):
    """The person gives up whatever they have."""

    def act() -> None:
        mine = enrolments.own_in(actor, key)
        if mine is not None:
            enrolment_services.withdraw(actor, mine, because=Leaving.WORK)

    return act


def seated(key: int) -> int:
    return db.session.scalar(select(func.count()).where(Enrolment.cohort_id == key, Enrolment.state.in_(SEATED))) or 0


def waiting(key: int) -> list[int | None]:
    query = select(Enrolment.rank).where(Enrolment.cohort_id == key, Enrolment.state == EnrolmentState.WAITLISTED)
    return list(db.session.scalars(query.order_by(Enrolment.rank)))


def held(key: int) -> int:
    db.session.rollback()  # what was looked at before the race is not looked at again
    return pool_of(db.session.get_one(Cohort, key)).held


def test_two_rounds_at_once_offer_each_seat_once(committing_app):
    key, manager, _people = listed(PEOPLE)

    broken = at_once(committing_app, [offering(manager, key)] * 4)

    assert (broken, seated(key), held(key), len(waiting(key))) == ([], SEATS, SEATS, PEOPLE - SEATS)


def test_those_who_leave_while_seats_are_offered_are_followed_by_the_next_on_the_list(committing_app):
    key, manager, people = listed(PEOPLE)

    broken = at_once(committing_app, [offering(manager, key), *(leaving(one, key) for one in people[: AT_ONCE - 1])])

    assert (broken, seated(key), held(key)) == ([], SEATS, SEATS)
    found = select(Enrolment.rank).where(Enrolment.cohort_id == key, Enrolment.state.in_(SEATED))
    assert db.session.scalars(found.order_by(Enrolment.rank)).all() == list(range(AT_ONCE, AT_ONCE + SEATS))
    assert waiting(key) == list(range(AT_ONCE + SEATS, PEOPLE + 1))


def test_the_twin_without_the_guard_oversells(committing_app, monkeypatch):
    key, manager, _people = listed(PEOPLE)
    loaded = Barrier(2)

    def seen(cohort_id: int) -> list[SeatPool]:
        """The seats as the page was shown, not as they are."""
        return [one for one in db.session.identity_map.values() if isinstance(one, SeatPool) and one.cohort_id == cohort_id]

    def naive(pool_id: int, number: int) -> bool:
        """What was seen when the page was read decides; then the seats are written."""
        statement = update(SeatPool).where(SeatPool.id == pool_id).values(held=number)
        db.session.execute(statement.execution_options(synchronize_session=False))
        return True

    def act() -> None:
        cohort = cohorts.cohort(manager, key)
        loaded.wait(timeout=60)
        calling.offer(manager, cohort, until_on=clock.today("Europe/Samara") + timedelta(days=5))

    monkeypatch.setattr(cohorts, "pools_of", seen)
    monkeypatch.setattr(seats, "take_several", naive)

    broken = at_once(committing_app, [act, act])

    monkeypatch.undo()
    assert (broken, seated(key), held(key)) == ([], 2 * SEATS, SEATS)


def test_the_guard_takes_all_or_nothing(committing_app):
    cohort = make_cohort(seats=SEATS)
    key, pool = cohort.id, pool_of(cohort).id
    taken: list[bool] = []

    def take() -> None:
        with writing():
            taken.append(seats.take_several(pool, SEATS))

    broken = at_once(committing_app, [take] * 4)

    assert (broken, sorted(taken), held(key)) == ([], [False, False, False, True], SEATS)
