"""A visit from the plan to both answers, and the visits that nobody has made yet."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.factories import acting, actor_of, events_of, learner, make_member, make_school, make_trainee
from tests.internships.factories import loaded, make_opening, make_placement, make_visit, mentor_of, today
from tests.internships.races import race
from training.accounts.memberships import services as memberships
from training.accounts.memberships.models import Membership
from training.internships.placements import queries as visited
from training.internships.placements import services as placements
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import due, lists, policies, queries, services, tasks
from training.internships.visits.models import WEEKS, Visit
from training.internships.visits.workflow import Event, Means, Notice, Standing, State
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, Member, NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")

SYSTEM = System("tests")


def active(*, since: int = 3, **given: Any) -> Placement:
    """A placement that began some days ago and goes on for months."""
    first = today() - timedelta(days=since)
    opening = given.pop("opening", None) or make_opening(starts_on=first, ends_on=first + timedelta(days=300), places=50)
    return make_placement(state=PlacementState.ACTIVE, opening=opening, **given)


def beside(placement: Placement, **given: Any) -> Placement:
    """Another trainee of the same school at the same host."""
    trainee = make_trainee(school_id=placement.school_id)
    return active(opening=loaded(placement).opening, trainee=trainee, **given)


def officer(placement: Placement) -> Membership:
    return at_school(placement, Role.PLACEMENT_OFFICER)


def at_school(placement: Placement, role: Role) -> Membership:
    return make_member(db.session.get_one(Organisation, placement.school_id), role)


def whole(membership_id: int) -> Membership:
    """A membership with its person and organisation."""
    options = [joinedload(Membership.account), joinedload(Membership.organisation)]
    return db.session.get_one(Membership, membership_id, options=options, populate_existing=True)


def as_member(membership: Membership) -> Member:
    """Somebody as an actor, whatever has been loaded or let go."""
    return acting(whole(membership.id))


def plan(placement: Placement, by: Membership, *, days: int = 2, hour: int = 10, minutes: int = 60, **given: Any) -> Visit:
    starts_at = datetime.combine(clock.today() + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=hour)
    place, who = loaded(placement), given.pop("visitor", by).id
    values = {"means": Means.AT_WORK, "place": "Gate 2", "visitor": whole(who), **given}
    made = services.plan(as_member(by), place, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), **values)
    return again(made)


def again(visit: Visit) -> Visit:
    db.session.commit()
    db.session.expire_all()
    return queries.visit(SYSTEM, visit.id)


def report(visit: Visit, by: Membership, **given: Any) -> Visit:
    services.report(as_member(by), visit, **{"standing": Standing.ON_TRACK, "findings": "Works well", **given})
    return again(visit)


def both(placement: Placement) -> list[int]:
    """The accounts of trainee and mentor."""
    return sorted(key for key in (placement.trainee.account_id, mentor_of(placement).account_id) if key is not None)


def told(notice: Notice) -> list[int]:
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value).order_by(Notification.to_id)))


def asked(subject: Any) -> list[tuple[str, str]]:
    return [(turn.party, turn.verb) for turn in turns.of(subject)]


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


class TestReport:
    def test_asks_mentor_and_trainee_and_tells_them(self):
        placement = active()
        by = officer(placement)
        visit = plan(placement, by, days=-1)

        visit = report(visit, by, agreed="A second lathe", follow_up_on=today() + timedelta(days=9), school_note="Talk to the parents")

        assert (visit.state, visit.standing, visit.agreed) == (State.HELD, Standing.ON_TRACK, "A second lathe")
        assert sorted(asked(visit)) == [("mentor", "confirm"), ("trainee", "confirm")]
        assert told(Notice.REPORTED) == both(placement)

    def test_comes_after_the_visit_and_the_next_one_after_that(self):
        placement = active()
        by = officer(placement)

        with pytest.raises(NotNow, match="not begun yet"):
            report(plan(placement, by), by)
        held = make_visit(active(), days=-1)
        leader = actor_of(held.placement.school, Role.MANAGER)
        with pytest.raises(NotNow, match="later day"):
            services.report(leader, held, standing=Standing.WATCH, findings="x", follow_up_on=today() - timedelta(days=5))

    def test_both_answers_conclude_it(self):
        placement = active()
        by = officer(placement)
        visit = report(plan(placement, by, days=-1), by)

        services.confirm(learner(placement.trainee), visit)
        visit = again(visit)
        assert (visit.state, asked(visit)) == (State.HELD, [("mentor", "confirm")])
        services.comment(as_member(mentor_of(placement)), visit, words="More hours at the lathe")
        visit = again(visit)

        assert (visit.state, visit.trainee_words, visit.mentor_words) == (State.CONCLUDED, None, "More hours at the lathe")
        assert asked(visit) == []
        assert told(Notice.COMMENTED) == [by.account_id]
        assert events_of(visit)[-3:] == [Event.CONFIRMED, Event.COMMENTED, Event.CONCLUDED]

    def test_each_side_answers_once(self):
        placement = active()
        visit = make_visit(placement, state=State.HELD)
        services.confirm(learner(placement.trainee), visit)

        with pytest.raises(NotNow, match="answered already"):
            services.comment(learner(placement.trainee), again(visit), words="Wait")

    def test_there_is_nothing_to_answer_before_the_report(self):
        placement = active()

        with pytest.raises(NotNow, match="not been written down"):
            services.confirm(learner(placement.trainee), make_visit(placement))

    def test_silence_concludes_it(self):
        placement = active()
        by = officer(placement)
        visit = report(plan(placement, by, days=-1), by)

        tasks.conclude(visit.id)
        assert again(visit).state is State.HELD
        with clock.at(clock.now() + services.ANSWERED_WITHIN + timedelta(hours=1)):
            tasks.conclude(visit.id)
            tasks.conclude(visit.id)

        visit = again(visit)
        assert (visit.state, visit.mentor_at, asked(visit)) == (State.CONCLUDED, None, [])


class TestWhoSees:
    def test_the_parties_of_the_placement_and_nobody_else(self):
        placement = active()
        visit = make_visit(placement, state=State.HELD, school_note="Talk to the parents")
        other_mentor = make_member(placement.employer, Role.MENTOR)
        see: list[Actor] = [
            as_member(officer(placement)),
            actor_of(placement.employer, Role.MANAGER),
            as_member(mentor_of(placement)),
            learner(placement.trainee),
        ]
        not_see: list[Actor] = [
            actor_of(make_school(), Role.MANAGER),
            actor_of(placement.employer, Role.RECRUITER),
            as_member(other_mentor),
            actor_of(active().employer, Role.MANAGER),
            learner(make_trainee()),
        ]

        assert [queries.visit(actor, visit.id).id for actor in see] == [visit.id] * 4
        for actor in not_see:
            with pytest.raises(NotFound):
                queries.visit(actor, visit.id)
        assert [policies.can_read_note(actor, visit) for actor in see] == [True, False, False, False]

    def test_a_recruiter_who_also_mentors_sees_those_of_the_own_trainees(self):
        placement = active()
        mine, other = make_visit(placement, state=State.HELD), make_visit(beside(placement), state=State.HELD)
        mentor = whole(mentor_of(placement).id)
        make_member(mentor.organisation, Role.RECRUITER, account=mentor.account)

        seen = db.session.scalars(policies.visible_to(as_member(mentor))).all()

        assert [one.id for one in seen] == [mine.id]
        assert other.id

    def test_only_their_parties_answer(self):
        placement = active()
        visit = make_visit(placement, state=State.HELD)

        assert not policies.can_confirm(as_member(officer(placement)), visit)
        assert not policies.can_confirm(actor_of(placement.employer, Role.MANAGER), visit)
        assert not policies.can_report(as_member(mentor_of(placement)), visit)

    def test_a_calendar_of_a_teacher_holds_the_visits_they_make(self):
        placement = active()
        teacher = at_school(placement, Role.TEACHER)
        make_visit(placement)
        own = make_visit(beside(placement), visitor=teacher)

        found = [one.id for one in db.session.scalars(policies.concerning(as_member(teacher)))]

        assert found == [own.id]


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
        assert (row.placement.id, row.due_on) == (placement.id, (clock.now() - timedelta(days=80)).date() + timedelta(weeks=WEEKS))


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
