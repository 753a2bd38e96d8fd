"""Putting lessons into the timetable, changing them, and what stands in the way."""

from datetime import date

import pytest

from tests.courses.lessons.timetables import MONDAY, WEEK, School, add, lessons, make_room, moment, plan, rhythm, told, whole
from tests.factories import actor_of, events_of, learner, make_member, make_school, make_trainee
from training.accounts.memberships import services as memberships
from training.courses.calendar import queries as years
from training.courses.calendar import services as calendars
from training.courses.calendar.workflow import PeriodKind
from training.courses.cohorts import services as cohorts
from training.courses.enrolments.models import Enrolment
from training.courses.lessons import queries, services
from training.courses.lessons.models import Lesson
from training.courses.lessons.workflow import Event, Notice, Parity, State
from training.jobs.worker import run_due
from training.kernel.db import NotFound, Stale, db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.trainees.profiles.models import Trainee


def people(cohort):
    query = db.session.query(Trainee.account_id).join(Enrolment, Enrolment.trainee_id == Trainee.id)
    return {account for (account,) in query.filter(Enrolment.cohort_id == cohort.id)}


class TestPlan:
    def test_makes_a_lesson_a_week_and_tells_everybody_once(self, at):
        cohort = at.cohort(people=3)

        pattern = plan(at, cohort)

        assert [one.held_on.day for one in lessons()] == [7, 14, 21, 28]
        first = lessons()[0]
        assert (first.starts_at, first.ends_at, first.minutes) == (moment(MONDAY, 10), moment(MONDAY, 11, 30), 90)
        assert told(Notice.PLANNED) == people(cohort) | {at.teacher.account_id}
        assert events_of(pattern) == [Event.PLANNED]

    def test_in_odd_weeks_only(self, at):
        plan(at, at.cohort(), parity=Parity.ODD)

        assert [one.held_on.day for one in lessons()] == [14, 28]

    def test_the_year_s_days_stay_from_then_on(self, at):
        plan(at, at.cohort())

        with pytest.raises(NotNow, match="A timetable stands"):
            calendars.remove(at.by, years.year(at.by, at.year.id))

    def test_without_an_academic_year_nothing_can_be_planned(self, at):
        calendars.remove(at.by, at.year)

        with pytest.raises(NotNow, match="No academic year has these days"):
            plan(at, at.cohort())

    def test_all_or_nothing_with_every_clash_named(self, at):
        add(at, at.cohort(code="W-26"), MONDAY + WEEK, module=at.modules[1])
        add(at, at.cohort(code="W-27"), MONDAY + 2 * WEEK)

        with pytest.raises(NotNow) as refusal:
            plan(at, at.cohort())

        assert [str(one) for one in refusal.value.sentences] == [
            f"{at.room.name} has Module PM.02, cohort W-26 then, 10:00–11:30 on Monday, 14 September.",
            f"{at.room.name} has Module PM.01, cohort W-27 then, 10:00–11:30 on Monday, 21 September.",
        ]
        assert len(lessons()) == 2

    @pytest.mark.parametrize("what", ["teacher", "room", "module", "officer"])
    def test_of_other_schools_people_and_places_is_refused(self, at, what):
        other = School()
        officer = make_member(at.school, Role.PLACEMENT_OFFICER)
        given = {"teacher": other.teacher, "room": other.room, "module": other.modules[0], "officer": officer}

        with pytest.raises(NotNow):
            plan(at, at.cohort(), **{"teacher" if what == "officer" else what: given[what]})

    def test_is_for_managers(self, at):
        with pytest.raises(NotAllowed):
            services.plan(
                actor_of(at.school, Role.TEACHER),
                at.cohort(),
                module=at.modules[0],
                teacher=at.teacher,
                room=at.room,
                rhythm=rhythm(),
            )

    @pytest.mark.parametrize(("begins", "ends"), [(600, 600), (600, 1100)])
    def test_times_in_order_and_within_eight_hours(self, at, begins, ends):
        with pytest.raises(NotNow):
            plan(at, at.cohort(), begins=begins, ends=ends)


class TestClashes:
    def test_of_a_teacher(self, at):
        add(at, at.cohort(code="W-26"))

        with pytest.raises(NotNow, match=f"{at.teacher.name} has Module PM.01, cohort W-26 then, 10:00–11:30"):
            add(at, at.cohort(), begins=660, ends=720, room=make_room(at.school))

    def test_of_a_cohort(self, at):
        cohort = at.cohort(code="W-26")
        add(at, cohort)

        with pytest.raises(NotNow, match=r"Cohort W-26 has Module PM\.01 then, 10:00–11:30"):
            add(at, cohort, teacher=make_member(at.school, Role.TEACHER), room=make_room(at.school))

    def test_of_a_teacher_at_another_school_tell_nothing_of_that_school(self, at):
        other = School()
        add(other, other.cohort(code="SECRET"), teacher=make_member(other.school, Role.TEACHER, account=at.teacher.account))

        with pytest.raises(NotNow, match="teaches at another school then") as refusal:
            add(at, at.cohort())

        assert "SECRET" not in str(refusal.value.sentences[0])

    def test_one_after_the_other_is_none(self, at):
        cohort = at.cohort()
        add(at, cohort)

        add(at, cohort, begins=690, ends=780)

        assert len(lessons()) == 2

    def test_a_cancelled_lesson_stands_in_nobody_s_way(self, at):
        cohort = at.cohort()
        services.cancel(at.by, add(at, cohort), reason="No power")

        add(at, cohort)

        assert [one.state for one in lessons()] == [State.CANCELLED, State.PLANNED]


class TestAdd:
    def test_on_a_day_off_is_refused_with_its_name(self, at):
        calendars.add_period(
            at.by, at.year, kind=PeriodKind.HOLIDAY, name="Unity Day", starts_on=date(2026, 11, 4), ends_on=date(2026, 11, 4)
        )

        with pytest.raises(NotNow, match="Nobody is taught on Wednesday, 4 November: Unity Day"):
            add(at, at.cohort(), date(2026, 11, 4))

    def test_outside_the_cohort_s_days_is_refused(self, at):
        with pytest.raises(NotNow, match="studies 1 September 2026 – 30 June 2027"):
            add(at, at.cohort(), date(2026, 8, 31))

    def test_tells_the_cohort_and_the_teacher(self, at):
        cohort = at.cohort(people=2)

        lesson = add(at, cohort)

        assert told(Notice.ADDED) == people(cohort) | {at.teacher.account_id}
        assert events_of(lesson) == [Event.ADDED]

    def test_what_is_put_in_afterwards_tells_nobody(self, at):
        add(at, at.cohort(people=2), date(2026, 9, 4))

        assert told(Notice.ADDED) == set()


class TestReschedule:
    def test_moves_and_tells(self, at):
        cohort, room = at.cohort(people=1), make_room(at.school)
        lesson = add(at, cohort)

        services.reschedule(at.by, lesson, version=lesson.version, room=room, held_on=date(2026, 9, 8), begins=480, ends=570)

        again = whole(lesson)
        assert (again.held_on, again.starts_at, again.room.name) == (date(2026, 9, 8), moment(date(2026, 9, 8), 8), room.name)
        assert told(Notice.RESCHEDULED) == people(cohort) | {at.teacher.account_id}

    def test_by_an_hour_does_not_clash_with_itself(self, at):
        lesson = add(at, at.cohort())

        services.reschedule(at.by, lesson, version=lesson.version, room=at.room, held_on=MONDAY, begins=630, ends=720)

        assert whole(lesson).starts_at == moment(MONDAY, 10, 30)

    def test_into_another_lesson_is_refused(self, at):
        cohort = at.cohort()
        add(at, cohort, begins=720, ends=810)
        lesson = add(at, cohort)

        with pytest.raises(NotNow, match="12:00–13:30"):
            services.reschedule(at.by, lesson, version=lesson.version, room=at.room, held_on=MONDAY, begins=700, ends=790)

    def test_an_older_version_is_refused(self, at):
        lesson = add(at, at.cohort())

        with pytest.raises(Stale):
            services.reschedule(at.by, lesson, version=lesson.version - 1, room=at.room, held_on=MONDAY, begins=630, ends=720)


class TestSubstitute:
    def test_both_teachers_are_told(self, at):
        lesson, other = add(at, at.cohort()), make_member(at.school, Role.TEACHER)

        services.substitute(at.by, lesson, version=lesson.version, teacher=other)

        assert whole(lesson).teacher_id == other.id
        assert told(Notice.SUBSTITUTED) == {at.teacher.account_id, other.account_id}
        assert events_of(lesson) == [Event.ADDED, Event.SUBSTITUTED]

    def test_a_teacher_who_has_another_lesson_then_is_refused(self, at):
        busy = make_member(at.school, Role.TEACHER)
        add(at, at.cohort(code="W-26"), teacher=busy, room=make_room(at.school))
        lesson = add(at, at.cohort())

        with pytest.raises(NotNow, match=f"{busy.name} has Module PM.01, cohort W-26 then"):
            services.substitute(at.by, lesson, version=lesson.version, teacher=busy)


class TestCancel:
    def test_says_why(self, at):
        cohort = at.cohort(people=1)
        lesson = add(at, cohort)

        services.cancel(at.by, lesson, reason="The teacher is ill")

        again = whole(lesson)
        assert (again.state, again.reason) == (State.CANCELLED, "The teacher is ill")
        assert told(Notice.CANCELLED) == people(cohort) | {at.teacher.account_id}
        with pytest.raises(NotNow):
            services.cancel(at.by, again, reason="Twice")

    def test_days_off_that_are_added_later_cancel_the_lessons_on_them(self, at):
        cohort = at.cohort(people=1)
        plan(at, cohort)
        plan(at, cohort, begins=720, ends=810)

        day = MONDAY + WEEK
        calendars.add_period(at.by, years.year(at.by, at.year.id), kind=PeriodKind.HOLIDAY, name="Frost", starts_on=day, ends_on=day)
        run_due()

        assert [(one.held_on, one.reason) for one in lessons() if one.state is State.CANCELLED] == [(day, "Frost"), (day, "Frost")]
        assert told(Notice.CANCELLED) == people(cohort) | {at.teacher.account_id}

    def test_a_cancelled_cohort_has_no_lessons_to_come(self, at):
        cohort = at.cohort()
        plan(at, cohort)

        cohorts.cancel(at.by, cohort, reason="Too few")
        run_due()

        assert [one.held_on for one in lessons() if one.state is State.PLANNED] == []


class TestStop:
    def test_takes_the_lessons_to_come_out_and_tells_once(self, at):
        cohort = at.cohort(people=2)
        pattern = queries.pattern(at.by, plan(at, cohort).id)

        services.stop(at.by, pattern, from_on=MONDAY + 2 * WEEK, reason="The lathe is sold")

        assert [one.state for one in lessons()] == [State.PLANNED] * 2 + [State.CANCELLED] * 2
        assert told(Notice.STOPPED) == people(cohort) | {at.teacher.account_id}
        assert events_of(pattern) == [Event.PLANNED, Event.STOPPED]

    def test_nothing_to_take_out_is_refused(self, at):
        pattern = queries.pattern(at.by, plan(at, at.cohort()).id)

        with pytest.raises(NotNow, match="no lessons of it"):
            services.stop(at.by, pattern, from_on=date(2026, 10, 1), reason="Late")


class TestHandingOver:
    def test_a_colleague_gives_the_lessons_to_come(self, at):
        plan(at, at.cohort(people=1))
        taker = make_member(at.school, Role.TEACHER)

        memberships.hand_over(at.by, at.teacher, passing={"teacher": taker})

        assert {one.teacher_id for one in lessons()} == {taker.id}
        assert len(told(Notice.HANDED_OVER)) == 1

    def test_one_who_has_another_lesson_then_is_refused(self, at):
        plan(at, at.cohort())
        taker = make_member(at.school, Role.TEACHER)
        add(at, at.cohort(code="W-26"), teacher=taker, room=make_room(at.school))

        with pytest.raises(NotNow, match="cohort W-26 then"):
            memberships.hand_over(at.by, at.teacher, passing={"teacher": taker})


class TestSeen:
    def test_by_the_school_and_by_those_who_study(self, at):
        cohort = at.cohort(people=1)
        lesson = add(at, cohort)
        [studies] = db.session.query(Trainee).join(Enrolment, Enrolment.trainee_id == Trainee.id).filter(Enrolment.cohort_id == cohort.id)

        assert queries.lesson(learner(studies), lesson.id) == queries.lesson(actor_of(at.school, Role.TEACHER), lesson.id)
        for stranger in (learner(make_trainee()), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotFound):
                queries.lesson(stranger, lesson.id)


def test_hours_of_a_module_are_counted_in_academic_hours(at):
    cohort = at.cohort()
    plan(at, cohort)
    services.cancel(at.by, whole(lessons()[3]), reason="Frost")
    add(at, cohort, date(2026, 9, 3), begins=480, ends=570)

    first, second = queries.hours_of(cohort)

    assert (first.planned, first.timetabled, first.held) == (60, 8, 2)
    assert (second.planned, second.timetabled, second.held) == (40, 0, 0)
    assert isinstance(db.session.get(Lesson, lessons()[0].id), Lesson)
