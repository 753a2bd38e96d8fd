"""Planning visits, changing plans, and two at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import actor_of, events_of, learner, make_member, make_school, make_trainee
from tests.internships.factories import loaded, make_placement, mentor_of
from tests.internships.races import race
from tests.internships.visits.outings import (
    SYSTEM,
    active,
    again,
    as_member,
    asked,
    at_school,
    beside,
    both,
    officer,
    plan,
    report,
    told,
    whole,
)
from training.accounts.memberships import services as memberships
from training.internships.placements import queries as visited
from training.internships.placements import services as placements
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import policies, queries, services, tasks
from training.internships.visits.models import Visit
from training.internships.visits.workflow import Event, Means, Notice, State
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.organisations.models import Organisation
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


class TestPlan:
    def test_tells_mentor_and_trainee_and_asks_the_visitor_for_a_report(self):
        placement = active()
        by = officer(placement)

        visit = plan(placement, by, agenda="Hours and the lathe")

        assert (visit.state, visit.visitor_id, visit.agenda) == (State.PLANNED, by.id, "Hours and the lathe")
        assert told(Notice.PLANNED) == both(placement)
        [turn] = turns.of(visit)
        assert (turn.party_kind, turn.party_id, turn.verb) == ("membership", by.id, "report")
        assert turn.due_at == visit.ends_at + services.WRITTEN_WITHIN
        assert events_of(visit) == [Event.PLANNED]

    def test_a_colleague_who_makes_it_is_told_too(self):
        placement = active()
        teacher = at_school(placement, Role.TEACHER)

        plan(placement, officer(placement), visitor=teacher)

        assert teacher.account_id in told(Notice.PLANNED)

    def test_several_trainees_of_one_host_are_seen_at_once_each_by_a_visit_of_their_own(self):
        one = active()
        two, elsewhere = beside(one), active(trainee=make_trainee(school_id=one.school_id))

        visit = plan(one, officer(one), others=[two.id, elsewhere.id])

        assert {row.placement_id for row in db.session.scalars(select(Visit))} == {one.id, two.id}
        assert [other.placement_id for other in queries.together(SYSTEM, visit)] == [two.id]

    def test_only_an_active_placement_is_visited(self):
        placement = make_placement(state=PlacementState.AGREED)

        with pytest.raises(NotNow, match="Only active placements"):
            plan(placement, officer(placement))

    def test_a_placement_has_one_planned_visit(self):
        placement = active()
        by = officer(placement)
        plan(placement, by)

        with pytest.raises(NotNow, match="planned already"):
            plan(placement, by, days=5)

    @pytest.mark.parametrize(("hour", "minutes"), [(9, 90), (10, 60), (10, 30), (8, 240)])
    def test_nobody_makes_two_visits_at_one_time(self, hour: int, minutes: int):
        one = active()
        by = officer(one)
        other = active(trainee=make_trainee(school_id=one.school_id))
        plan(one, by)

        with pytest.raises(NotNow, match="another visit at that time"):
            plan(other, by, hour=hour, minutes=minutes)

    def test_a_second_membership_of_the_same_person_is_the_same_person(self):
        one = active()
        by = officer(one)
        plan(one, by)
        there = make_school()
        other = active(trainee=make_trainee(school_id=there.id))
        elsewhere = make_member(there, Role.PLACEMENT_OFFICER, account=whole(by.id).account)

        with pytest.raises(NotNow, match="another visit at that time"):
            plan(other, elsewhere)

    def test_one_visit_after_the_other_is_no_clash_and_neither_is_a_cancelled_one(self):
        one = active()
        by = officer(one)
        other, third = (active(trainee=make_trainee(school_id=one.school_id)) for _ in range(2))
        first = plan(one, by)

        assert plan(other, by, hour=11).state is State.PLANNED
        services.cancel(as_member(by), again(first), reason="Ill")
        assert plan(third, by).state is State.PLANNED

    def test_the_day_lies_inside_the_stay_and_not_long_ago(self):
        placement = active(since=60)
        by = officer(placement)

        with pytest.raises(NotNow, match="outside the stay"):
            plan(placement, by, days=400)
        with pytest.raises(NotNow, match="two weeks ago"):
            plan(placement, by, days=-20)

    def test_one_that_has_just_been_made_is_put_in_without_an_invitation(self):
        placement = active()
        by = officer(placement)

        visit = plan(placement, by, days=-1)

        assert told(Notice.PLANNED) == []
        assert report(visit, by).state is State.HELD

    def test_the_visitor_is_of_the_school(self):
        placement = active()

        with pytest.raises(NotNow, match="somebody of your school"):
            plan(placement, officer(placement), visitor=mentor_of(placement))

    def test_a_teacher_plans_for_those_whom_they_supervise(self):
        supervisor, stranger = (make_member(make_school(), Role.TEACHER) for _ in range(2))
        placement = active(trainee=make_trainee(school_id=supervisor.organisation_id), supervisor_id=supervisor.id)

        assert plan(placement, supervisor).state is State.PLANNED
        with pytest.raises(NotAllowed):
            plan(placement, stranger)

    def test_employers_and_trainees_plan_none(self):
        placement = active()

        assert not policies.can_plan(actor_of(placement.employer, Role.MANAGER), placement)
        assert not policies.can_plan(learner(placement.trainee), placement)


class TestChange:
    def test_a_visit_moves_with_those_of_its_outing(self):
        one = active()
        by = officer(one)
        two, three = beside(one), beside(one)
        visit = plan(one, by, others=[two.id, three.id])
        rest = queries.together(SYSTEM, visit)
        starts_at = visit.starts_at + timedelta(days=1)
        colleague = at_school(one, Role.TEACHER)

        services.reschedule(
            as_member(by),
            visit,
            version=visit.version,
            visitor=whole(colleague.id),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            means=Means.PHONE,
            place="+7 800",
            also=[rest[0].id],
        )

        moved, stayed = again(rest[0]), again(rest[1])
        assert (moved.starts_at, moved.means, moved.visitor_id) == (starts_at, Means.PHONE, colleague.id)
        assert (stayed.starts_at, stayed.visitor_id) == (starts_at - timedelta(days=1), by.id)
        assert asked(again(visit)) == [("teacher", "report")]
        assert turns.of(again(visit))[0].party_id == colleague.id
        assert colleague.account_id in told(Notice.RESCHEDULED)

    def test_it_does_not_move_onto_another_visit(self):
        one = active()
        by = officer(one)
        other = active(trainee=make_trainee(school_id=one.school_id))
        there, visit = plan(one, by), plan(other, by, hour=14)

        with pytest.raises(NotNow, match="another visit at that time"):
            services.reschedule(
                as_member(by),
                visit,
                version=visit.version,
                visitor=whole(by.id),
                starts_at=there.starts_at,
                ends_at=there.ends_at,
                means=Means.PHONE,
                place="+7 800",
            )

    def test_a_cancelled_one_says_why(self):
        placement = active()
        by = officer(placement)
        visit = plan(placement, by)

        services.cancel(as_member(by), visit, reason="The shop stands still")

        visit = again(visit)
        assert (visit.state, visit.reason) == (State.CANCELLED, "The shop stands still")
        assert asked(visit) == []
        assert told(Notice.CANCELLED) == both(placement)

    def test_a_visit_to_come_ends_with_its_placement_and_one_that_was_held_is_still_written_down(self):
        one, two = active(), active()
        coming, over = plan(one, officer(one)), plan(two, officer(two), days=-1)
        for placement in (one, two):
            placements.break_off(as_member(at_school(placement, Role.MANAGER)), loaded(placement), reason="Ill")
        db.session.commit()

        for placement in (one, two):
            tasks.cancel_with_placement(placement.id)

        assert (again(coming).state, again(over).state) == (State.CANCELLED, State.PLANNED)

    def test_the_end_of_a_placement_asks_for_that(self):
        placement = active()
        visit = plan(placement, officer(placement))
        placements.break_off(as_member(at_school(placement, Role.MANAGER)), loaded(placement), reason="Ill")
        db.session.commit()

        run_due()

        assert again(visit).state is State.CANCELLED

    def test_visits_to_make_pass_to_a_colleague_unless_they_make_another(self):
        one = active()
        giver, taker = officer(one), officer(one)
        visit = plan(one, giver)
        other = plan(active(trainee=make_trainee(school_id=one.school_id)), taker)
        leader = actor_of(db.session.get_one(Organisation, one.school_id), Role.MANAGER)

        with pytest.raises(NotNow, match="makes another visit"):
            memberships.hand_over(leader, whole(giver.id), passing={"visitor": whole(taker.id)})
        db.session.rollback()
        services.cancel(as_member(taker), again(other), reason="Ill")
        memberships.hand_over(leader, whole(giver.id), passing={"visitor": whole(taker.id)})

        visit = again(visit)
        assert visit.visitor_id == taker.id
        assert turns.of(visit)[0].party_id == taker.id
        assert told(Notice.HANDED_OVER) == both(one)

    def test_who_hands_over_supervising_alone_keeps_the_visits(self):
        giver = make_member(make_school(), Role.TEACHER)
        placement = active(trainee=make_trainee(school_id=giver.organisation_id), supervisor_id=giver.id)
        taker, leader = at_school(placement, Role.TEACHER), as_member(at_school(placement, Role.MANAGER))
        visit = plan(placement, giver)

        memberships.hand_over(leader, whole(giver.id), passing={"supervisor": whole(taker.id)})

        visit = again(visit)
        assert (visit.visitor_id, turns.of(visit)[0].party_id) == (giver.id, giver.id)


class TestTwoAtOnce:
    """The guard is `hold(visitor.account)`, then the look at their other visits, then the write."""

    def prepared(self):
        one = active()
        by = officer(one)
        keys = [one.id, *(active(trainee=make_trainee(school_id=one.school_id)).id for _ in range(3))]
        return as_member(by), by.id, keys

    def run(self, app, actor, member_id, keys):
        starts_at = clock.now() + timedelta(days=2)

        def work(which):
            placement = visited.placement(actor, keys[which])
            visitor = next(one for one in queries.visitors(placement.school_id) if one.id == member_id)
            ends_at = starts_at + timedelta(hours=1)
            services.plan(actor, placement, visitor=visitor, starts_at=starts_at, ends_at=ends_at, means=Means.AT_WORK, place="Gate 2")
            return True

        found = race(app, 4, work)
        with app.app_context():
            return found, len(db.session.scalars(select(Visit)).all())

    def test_one_of_four_gets_the_hour(self, committing_app):
        found, made = self.run(committing_app, *self.prepared())

        assert (found.count(True), made) == (1, 1)

    def test_without_the_guard_more_do(self, committing_app, monkeypatch):
        prepared = self.prepared()
        monkeypatch.setattr(queries, "busy", lambda *given, **more: {})
        found, made = self.run(committing_app, *prepared)

        assert (found.count(True), made) == (4, 4)
