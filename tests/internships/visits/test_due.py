"""Placements without a visit for too long, and what lists of them cost."""

from datetime import timedelta

import pytest

from tests.factories import actor_of
from tests.internships.factories import loaded, make_opening, make_placement, make_visit, today
from tests.internships.visits.outings import SYSTEM, active, as_member, asked, beside, officer, plan
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import due, lists, queries, services
from training.internships.visits.models import WEEKS
from training.internships.visits.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, Role
from training.organisations.models import Organisation
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


class TestDue:
    def test_a_placement_without_a_visit_waits_for_the_school_a_week_before_the_time_is_over(self):
        placement = active(since=7 * WEEKS - 8)

        assert services.remind(SYSTEM) == 0
        with clock.at(clock.now() + timedelta(days=1)):
            assert services.remind(SYSTEM) == 1
            assert services.remind(SYSTEM) == 0

        [turn] = turns.of(placement)
        assert (turn.party_kind, turn.party_id, turn.verb) == ("organisation", placement.school_id, "visit")
        assert turn.roles == Role.PLACEMENT_OFFICER.bit + Role.MANAGER.bit
        assert turn.due_at == clock.end_of(placement.starts_on + timedelta(weeks=WEEKS), placement.school.zone)

    def test_a_planned_visit_answers_and_a_cancelled_one_asks_again(self):
        placement = active(since=100)
        by = officer(placement)
        services.remind(SYSTEM)

        visit = plan(placement, by)
        assert asked(placement) == []
        assert services.remind(SYSTEM) == 0
        services.cancel(as_member(by), visit, reason="Ill")

        assert services.remind(SYSTEM) == 1

    def test_a_visit_counts_from_its_day(self):
        placement = active(since=100)
        make_visit(placement, state=State.CONCLUDED, days=30)

        assert services.remind(SYSTEM) == 0
        with clock.at(clock.now() + timedelta(weeks=5)):
            assert services.remind(SYSTEM) == 1

    def test_a_follow_up_is_due_sooner(self):
        placement = active(since=30)
        make_visit(placement, state=State.HELD, days=2, follow_up_on=today() + timedelta(days=5))

        assert services.remind(SYSTEM) == 1
        [one] = due.dated([loaded(placement)])
        assert one.due_on == today() + timedelta(days=5)

    def test_a_follow_up_that_was_made_is_over(self):
        placement = active(since=30)
        make_visit(placement, state=State.HELD, days=9, follow_up_on=today() - timedelta(days=2))
        make_visit(placement, state=State.HELD, days=1)

        assert services.remind(SYSTEM) == 0

    def test_placements_that_are_over_are_not_due(self):
        make_placement(state=PlacementState.COMPLETED, opening=make_opening(starts_on=today() - timedelta(days=200)))

        assert services.remind(SYSTEM) == 0

    def test_each_school_says_how_often(self):
        often, seldom = active(since=30), active(since=30)
        school = db.session.get_one(Organisation, often.school_id)

        services.set_cadence(actor_of(school, Role.PLACEMENT_OFFICER), school, weeks=4)
        assert (asked(often), asked(seldom)) == ([("school", "visit")], [])
        services.set_cadence(actor_of(school, Role.MANAGER), school, weeks=20)

        assert asked(often) == []
        assert queries.weeks_of(school.id) == 20
        with pytest.raises(NotAllowed):
            services.set_cadence(actor_of(school, Role.TEACHER), school, weeks=1)

    def test_its_list_is_the_schools_own_and_dated(self):
        placement = active(since=90)
        make_visit(placement, state=State.HELD, days=80)
        active(since=90)

        found = lists.VISITS_DUE.page(as_member(officer(placement)), Wanted())

        [row] = found.rows
        assert (row.placement.id, row.due_on) == (placement.id, clock.today() - timedelta(days=80) + timedelta(weeks=WEEKS))


class TestSpeed:
    def test_the_lists_run_the_same_statements_at_2_and_40_rows(self, statements):
        first = active(since=90)
        actor = as_member(officer(first))
        make_visit(first, state=State.HELD, days=80)
        make_visit(beside(first))

        def count() -> tuple[int, int]:
            db.session.expire_all()
            with statements() as one:
                assert lists.VISITS.page(actor, Wanted()).rows
            with statements() as two:
                assert lists.VISITS_DUE.page(actor, Wanted()).rows
            return len(one), len(two)

        few = count()
        for _ in range(12):
            make_visit(beside(first, since=90), state=State.HELD, days=80)

        assert count() == few

    def test_many_are_asked_for_at_once(self, statements):
        first = active(since=90)
        few_many = []
        for number in (1, 12):
            for _ in range(number):
                beside(first, since=90)
            db.session.expire_all()
            with statements() as sent:
                services.remind(SYSTEM)
            few_many.append(len(sent))

        assert few_many[0] == few_many[1]
