"""Marking who was at a lesson: who is on the sheet, until when it can change, and how often people were there."""

from datetime import date, timedelta

import pytest

from tests.courses.factories import make_enrolment
from tests.courses.lessons.timetables import MONDAY, NOW, WEEK, add, plan, whole
from tests.factories import acting, actor_of, events_of, learner, make_member, make_trainee
from training.audit.models import Happening
from training.courses.attendance import policies, queries, services
from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Event, Mark
from training.courses.calendar.days import Span
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.queries import enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.lessons import services as lessons
from training.courses.lessons.models import Lesson
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role, System

FIRST = date(2026, 9, 1)
SYSTEM = System("test")


@pytest.fixture
def teacher(at):
    return acting(at.teacher)


@pytest.fixture
def after(app):
    """Just after the lesson of this Monday."""
    with clock.at(NOW + timedelta(hours=3)):
        yield


def someone(cohort, **given):
    return make_enrolment(cohort, make_trainee(), **({"enrolled_on": FIRST} | given))


def marked() -> dict[int, tuple[Mark, int | None]]:
    db.session.rollback()
    return {one.enrolment_id: (one.mark, one.minutes) for one in db.session.query(Attendance)}


class TestPeople:
    def test_are_those_who_studied_on_the_day_by_name(self, at):
        cohort = at.cohort()
        lesson = add(at, cohort)
        stays = someone(cohort)
        left_after = someone(cohort, state=EnrolmentState.EXPELLED, ended_on=MONDAY + WEEK)
        someone(cohort, enrolled_on=MONDAY + timedelta(days=1))
        someone(cohort, state=EnrolmentState.EXPELLED, ended_on=MONDAY - timedelta(days=1))
        someone(cohort, state=EnrolmentState.WAITLISTED, enrolled_on=None)

        assert {one.id for one in queries.people(lesson)} == {stays.id, left_after.id}

    def test_whoever_was_on_leave_that_day_is_not_on_the_sheet_and_is_on_the_next(self, at):
        cohort = at.cohort()
        first, second = add(at, cohort), add(at, cohort, MONDAY + WEEK)
        away = someone(cohort)
        enrolments.take_leave(at.by, enrolment(SYSTEM, away.id), reason="Ill")
        with clock.at(NOW + timedelta(days=2)):
            enrolments.come_back(at.by, enrolment(SYSTEM, away.id))

        assert [one.id for one in queries.people(first)] == []
        assert [one.id for one in queries.people(second)] == [away.id]


class TestMark:
    def test_everybody_is_present_but_for_those_who_are_named(self, at, teacher, after):
        cohort = at.cohort()
        people = [someone(cohort) for _number in range(4)]
        lesson = add(at, cohort)

        services.mark(teacher, lesson, marks={people[0].id: Mark.ABSENT, people[1].id: Mark.LATE}, late={people[1].id: 15})

        assert marked() == {
            people[0].id: (Mark.ABSENT, None),
            people[1].id: (Mark.LATE, 15),
            people[2].id: (Mark.PRESENT, None),
            people[3].id: (Mark.PRESENT, None),
        }
        assert events_of(lesson)[-1:] == [Event.MARKED]

    def test_is_undone_by_saving_again_and_the_events_keep_both(self, at, teacher, after):
        cohort = at.cohort()
        person = someone(cohort)
        lesson = add(at, cohort)

        services.mark(teacher, lesson, marks={person.id: Mark.ABSENT})
        services.mark(teacher, whole(lesson), marks={})

        assert marked() == {person.id: (Mark.PRESENT, None)}
        assert events_of(lesson)[-2:] == [Event.MARKED, Event.CORRECTED]
        [first] = db.session.query(Happening).filter_by(name=Event.MARKED.value)
        assert first.facts["absent"] == [person.id]

    def test_a_stranger_to_the_cohort_is_not_marked(self, at, teacher, after):
        cohort, stranger = at.cohort(), someone(at.cohort())
        person = someone(cohort)

        services.mark(teacher, add(at, cohort), marks={stranger.id: Mark.ABSENT})

        assert marked() == {person.id: (Mark.PRESENT, None)}

    def test_writes_a_lesson_of_forty_in_as_many_statements_as_one_of_two(self, at, teacher, after, statements):
        def asked(number):
            cohort = at.cohort()
            for _number in range(number):
                someone(cohort)
            lesson = add(at, cohort, begins=480 + number, ends=481 + number)
            statements.clear()
            services.mark(teacher, lesson, marks={})
            return len(statements)

        assert asked(2) == asked(40)

    @pytest.mark.parametrize("minutes", [0, 91])
    def test_late_is_by_minutes_of_the_lesson(self, at, teacher, after, minutes):
        cohort = at.cohort()
        person = someone(cohort)

        with pytest.raises(NotNow, match="1 to 90 minutes"):
            services.mark(teacher, add(at, cohort), marks={person.id: Mark.LATE}, late={person.id: minutes})

    def test_before_it_begins_nothing_is_marked(self, at, teacher):
        cohort = at.cohort()
        someone(cohort)

        with pytest.raises(NotNow, match="has not begun yet"):
            services.mark(teacher, add(at, cohort), marks={})

    def test_nor_when_it_was_cancelled(self, at, teacher, after):
        cohort = at.cohort()
        someone(cohort)
        lesson = add(at, cohort)
        lessons.cancel(at.by, lesson, reason="Frost")

        with pytest.raises(NotNow, match="was cancelled"):
            services.mark(teacher, whole(lesson), marks={})


class TestLocked:
    def test_a_week_after_the_lesson_a_change_needs_a_reason_which_is_kept(self, at, teacher):
        cohort = at.cohort()
        person = someone(cohort)
        lesson = add(at, cohort)

        with clock.at(lesson.ends_at + policies.OPEN_FOR):
            services.mark(teacher, lesson, marks={})
        with clock.at(lesson.ends_at + policies.OPEN_FOR + timedelta(minutes=1)):
            with pytest.raises(NotNow, match="more than 7 days ago"):
                services.mark(teacher, whole(lesson), marks={person.id: Mark.EXCUSED})
            services.mark(teacher, whole(lesson), marks={person.id: Mark.EXCUSED}, reason="A paper of the doctor came")

        assert marked() == {person.id: (Mark.EXCUSED, None)}
        [event] = db.session.query(Happening).filter_by(name=Event.CORRECTED.value)
        assert event.detail_digest


class TestWho:
    def test_marks_is_the_teacher_of_the_lesson_or_a_manager(self, at, after):
        cohort = at.cohort()
        someone(cohort)
        lesson = add(at, cohort)

        services.mark(at.by, lesson, marks={})
        with pytest.raises(NotAllowed):
            services.mark(actor_of(at.school, Role.TEACHER), lesson, marks={})


class TestUnmarked:
    def test_are_the_teacher_s_own_lessons_that_are_over(self, at, teacher, after):
        cohort = at.cohort()
        someone(cohort)
        plan(at, cohort)
        add(at, at.cohort(), teacher=make_member(at.school, Role.TEACHER), room=at.room, begins=480, ends=500)

        [lesson] = queries.unmarked(teacher)
        services.mark(teacher, whole(lesson), marks={})

        assert queries.unmarked(teacher) == []
        assert queries.unmarked(at.by) == []


class TestFigures:
    def test_count_late_and_remote_as_there_and_leave_the_excused_out(self, at, teacher):
        cohort = at.cohort()
        person = someone(cohort)
        plan(at, cohort)
        given = [Mark.PRESENT, Mark.REMOTE, Mark.EXCUSED, Mark.ABSENT]
        with clock.at(NOW + timedelta(days=28)):
            for one, mark in zip(all_of(cohort), given, strict=True):
                services.mark(teacher, whole(one), marks={person.id: mark}, reason="Afterwards")

        [figure] = queries.figures([person])
        [early] = queries.figures([person], [Span(FIRST, MONDAY + WEEK)])

        assert (figure.lessons, figure.there, figure.share) == (4, 2, 2 / 3)
        assert (early.lessons, early.share) == (2, 1.0)
        assert [one.mark for one in queries.exceptions(learner(person.trainee))] == [Mark.ABSENT, Mark.EXCUSED, Mark.REMOTE]

    def test_of_lessons_that_were_cancelled_afterwards_do_not_count(self, at, teacher, after):
        cohort = at.cohort()
        person = someone(cohort)
        lesson = add(at, cohort)
        services.mark(teacher, lesson, marks={person.id: Mark.ABSENT})

        lessons.cancel(at.by, whole(lesson), reason="It was a mistake")

        [figure] = queries.figures([person])
        assert (figure.lessons, figure.share) == (0, None)


def all_of(cohort):
    return db.session.query(Lesson).filter_by(cohort_id=cohort.id).order_by(Lesson.id).all()
