"""Planning cohorts, and the days that move them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.courses.factories import SYSTEM, make_cohort, make_version, pool_of
from tests.factories import actor_of, events_of, make_school
from training.courses.cohorts import queries, services
from training.courses.cohorts.workflow import Admission, Event, Funding, State, StudyForm
from training.courses.programmes.workflow import State as VersionState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role


def days(**given):
    today = clock.today("Europe/Samara")
    return {
        "opens_on": today,
        "closes_on": today + timedelta(days=20),
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=300),
    } | given


def plan(version, *, code="СВ-26", seats=None, **given):
    manager = actor_of(version.programme.school, Role.MANAGER)
    numbers = {Funding.STATE: 20, Funding.PAID: 5} if seats is None else seats
    return services.plan(manager, version, code=code, study_form=StudyForm.FULL_TIME, seats=numbers, **days(**given))


def state_of(cohort):
    db.session.rollback()
    db.session.expire_all()
    return queries.cohort(SYSTEM, cohort.id).state


@pytest.mark.usefixtures("app")
class TestPlan:
    def test_makes_a_cohort_with_its_seats_by_who_pays(self):
        cohort = plan(make_version())

        assert events_of(cohort) == [Event.PLANNED]
        assert [(pool.funding, pool.seats, pool.held) for pool in queries.pools_of(cohort.id)] == [
            (Funding.STATE, 20, 0),
            (Funding.PAID, 5, 0),
        ]
        assert cohort.joins_until_on == cohort.starts_on - timedelta(days=1)

    def test_needs_a_published_programme(self):
        with pytest.raises(NotNow):
            plan(make_version(state=VersionState.DRAFT))

    def test_takes_a_name_once(self):
        version = make_version()
        plan(version)

        with pytest.raises(NotNow):
            plan(version)

    def test_needs_a_seat(self):
        with pytest.raises(NotNow):
            plan(make_version(), seats={Funding.STATE: 0})

    def test_gives_seats_in_order_of_arrival_or_by_selection(self):
        assert plan(make_version()).admission is Admission.ORDER_OF_ARRIVAL
        assert plan(make_version(), admission=Admission.SELECTION).admission is Admission.SELECTION

    @pytest.mark.parametrize("name", ["closes_on", "ends_on"])
    def test_needs_days_in_order(self, name):
        with pytest.raises(NotNow):
            plan(make_version(), **{name: clock.today() - timedelta(days=400)})

    def test_is_not_for_another_school(self):
        version = make_version()

        with pytest.raises(NotAllowed):
            services.plan(
                actor_of(make_school(), Role.MANAGER), version, code="X", study_form=StudyForm.EVENING, seats={Funding.STATE: 1}, **days()
            )


@pytest.mark.usefixtures("app")
class TestDays:
    def test_the_clock_opens_closes_starts_and_completes(self):
        cohort = plan(make_version(), opens_on=clock.today("Europe/Samara") + timedelta(days=1))
        seen = []
        for day in (
            cohort.opens_on - timedelta(days=1),
            cohort.opens_on,
            cohort.closes_on,
            cohort.closes_on + timedelta(days=1),
            cohort.joins_until_on,
            cohort.starts_on,
            cohort.ends_on,
            cohort.ends_on + timedelta(days=1),
        ):
            with clock.at(datetime.combine(day, time(12), ZoneInfo("Europe/Samara"))):
                services.advance()
            seen.append(state_of(cohort))

        assert seen == [
            State.PLANNED,
            State.OPEN,
            State.OPEN,
            State.CLOSED,
            State.CLOSED,
            State.RUNNING,
            State.RUNNING,
            State.COMPLETED,
        ]

    def test_a_day_ends_at_the_school_not_in_greenwich(self):
        cohort = make_cohort()
        last = cohort.closes_on

        with clock.at(datetime.combine(last, time(23, 59, 59), ZoneInfo("Europe/Samara"))):
            services.advance()
        before = state_of(cohort)
        with clock.at(datetime.combine(last + timedelta(days=1), time(0, 0, 1), ZoneInfo("Europe/Samara"))):
            services.advance()

        assert (before, state_of(cohort)) == (State.OPEN, State.CLOSED)

    def test_one_whose_window_has_passed_stays_planned(self):
        today = clock.today("Europe/Samara")
        cohort = make_cohort(state=State.PLANNED, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))

        services.advance()

        assert state_of(cohort) is State.PLANNED
        with pytest.raises(NotNow):
            services.open_applications(actor_of(cohort.programme_version.programme.school, Role.MANAGER), cohort)

    def test_a_manager_moves_it_by_hand(self):
        cohort = make_cohort(state=State.PLANNED)
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        for step in (services.open_applications, services.close_applications, services.start, services.complete):
            step(manager, cohort)

        assert state_of(cohort) is State.COMPLETED

    def test_days_are_changed_until_training_begins(self):
        cohort, running = make_cohort(), make_cohort(state=State.RUNNING)
        later = days(starts_on=clock.today() + timedelta(days=40), joins_until_on=clock.today() + timedelta(days=39))
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        services.edit(manager, cohort, version=cohort.version, **later)

        with pytest.raises(NotNow):
            services.edit(actor_of(running.programme_version.programme.school, Role.MANAGER), running, version=running.version, **later)
        assert pool_of(cohort).seats == 20
