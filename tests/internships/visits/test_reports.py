"""What a visit found: who reads it, who confirms or comments."""

from datetime import timedelta

import pytest

from tests.factories import actor_of, events_of, learner, make_member, make_school, make_trainee
from tests.internships.factories import make_visit, mentor_of, today
from tests.internships.visits.outings import (
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
from training.internships.visits import policies, queries, services, tasks
from training.internships.visits.workflow import Event, Notice, Standing, State
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, NotNow, Role

pytestmark = pytest.mark.usefixtures("app")


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
