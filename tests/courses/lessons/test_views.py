"""Pages of timetables."""

from datetime import date, timedelta

import pytest

from tests.courses.factories import make_enrolment
from tests.courses.lessons.timetables import MONDAY, WEEK, add, lessons, make_room, plan
from tests.factories import make_member, make_trainee
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.lessons import services
from training.courses.lessons.workflow import State
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Role


@pytest.fixture
def here(client, at):
    client.sign_in(at.manager.account)
    return f"/o/{at.school.slug}"


def wanted(at, **given):
    values = {
        "module_id": str(at.modules[0].id),
        "teacher_id": str(at.teacher.id),
        "room_id": str(at.room.id),
        "weekday": "0",
        "begins": "10:00",
        "ends": "11:30",
        "parity": "every",
        "from_on": "2026-09-01",
        "until_on": "2026-09-30",
    }
    return values | given


class TestPlan:
    def test_shows_what_it_makes_before_anything_is_put_in(self, client, at, here):
        cohort = at.cohort()
        url = f"{here}/cohorts/{cohort.id}/timetable/patterns/new"

        page = client.submit(url, **wanted(at))

        assert "It makes 4 lessons" in page.words
        assert all(day in page.words for day in ("7 September", "14 September", "21 September", "28 September"))
        with client.app.app_context():
            assert lessons() == []
        page = client.post(url, page.form() | {"confirm": "1"})
        assert page.location.endswith("timetable?week=2026-09-01")
        assert len(lessons()) == 4

    def test_names_every_clash_in_the_preview_and_puts_nothing_in(self, client, at, here):
        add(at, at.cohort(code="W-26"), MONDAY + WEEK)
        url = f"{here}/cohorts/{at.cohort().id}/timetable/patterns/new"

        page = client.submit(url, **wanted(at))

        assert "cohort W-26 then, 10:00–11:30 on Monday, 14 September" in page.words
        assert "Put 4 lessons into the timetable" not in page.words
        page = client.post(url, page.form() | {"confirm": "1"})
        assert page.status == 409
        assert len(lessons()) == 1

    def test_a_school_without_rooms_is_told_so(self, client, at, here):
        cohort = at.cohort()
        db.session.delete(at.room)
        db.session.commit()

        page = client.get(f"{here}/cohorts/{cohort.id}/timetable/patterns/new")

        assert "Your school has no room yet" in page.words


class TestOfCohort:
    def test_shows_the_week_the_days_off_and_the_hours(self, client, at, here):
        cohort = at.cohort()
        plan(at, cohort)

        page = client.get(f"{here}/cohorts/{cohort.id}/timetable?week=2026-09-10")

        assert "10:00–11:30" in page.words
        assert at.teacher.name in page.words
        assert "week 2 of the year" in page.words
        assert "Missing" in page.words

    def test_an_empty_one_says_what_to_do(self, client, at, here):
        page = client.get(f"{here}/cohorts/{at.cohort().id}/timetable")

        assert "No timetable yet" in page.words
        assert "Put weekly lessons in" in page.words

    def test_a_week_that_is_none_is_this_one(self, client, at, here):
        cohort = at.cohort()

        for words in ("", "yesterday", "0001-01-01", "9999-12-31"):
            assert client.get(f"{here}/cohorts/{cohort.id}/timetable?week={words}").status == 200

    def test_asks_as_much_for_a_full_week_as_for_one_lesson(self, client, at, here, statements):
        cohort = at.cohort()
        url = f"{here}/cohorts/{cohort.id}/timetable?week=2026-09-07"

        def asked():
            client.get(url)
            statements.clear()
            client.get(url)
            return len(statements)

        plan(at, cohort)
        few = asked()
        for weekday in range(5):
            for begins in (800, 900, 1000):
                plan(at, cohort, weekday=weekday, begins=begins, ends=begins + 90)

        assert asked() == few


class TestLesson:
    def test_is_moved_given_to_another_and_cancelled(self, client, at, here):
        lesson = add(at, at.cohort(people=1))
        room, other = make_room(at.school), make_member(at.school, Role.TEACHER)
        one = f"{here}/lessons/{lesson.id}"

        assert "10:00–11:30" in client.get(one).words
        client.submit(f"{one}/reschedule", room_id=str(room.id), held_on="2026-09-08", begins="08:00", ends="09:30")
        client.submit(f"{one}/substitute", teacher_id=str(other.id))
        page = client.submit(f"{one}/cancel", reason="Frost", follow=True)

        assert "It does not take place: Frost" in page.words
        assert room.name in page.words
        assert "Move it" not in page.words
        [found] = lessons()
        assert (found.state, found.teacher_id, found.held_on) == (State.CANCELLED, other.id, date(2026, 9, 8))

    def test_a_clash_stands_on_the_form(self, client, at, here):
        cohort = at.cohort(code="W-26")
        add(at, cohort)

        page = client.submit(
            f"{here}/cohorts/{cohort.id}/timetable/new",
            module_id=str(at.modules[0].id),
            teacher_id=str(at.teacher.id),
            room_id=str(at.room.id),
            held_on="2026-09-07",
            begins="11:00",
            ends="12:00",
        )

        assert page.status == 409
        assert "has Module PM.01, cohort W-26 then, 10:00–11:30" in page.words

    def test_a_pattern_is_taken_out(self, client, at, here):
        pattern = plan(at, at.cohort())

        page = client.submit(f"{here}/lessons/patterns/{pattern.id}/stop", from_on="2026-09-14", reason="Sold", follow=True)

        assert "1 lesson in the timetable" in page.words
        assert "Sold" in page.words


class TestOwn:
    def test_a_teacher_sees_their_own_lessons(self, client, at):
        add(at, at.cohort(code="W-26"))
        add(at, at.cohort(code="W-27"), teacher=make_member(at.school, Role.TEACHER), room=make_room(at.school))
        client.sign_in(at.teacher.account)

        page = client.get(f"/o/{at.school.slug}/timetable")

        assert "W-26" in page.words
        assert "W-27" not in page.words
        assert "No lesson in this week" in client.get(f"/o/{at.school.slug}/timetable?week=2026-09-14").words

    def test_and_changes_nothing(self, client, at):
        lesson = add(at, at.cohort())
        client.sign_in(at.teacher.account)

        assert client.get(f"/o/{at.school.slug}/lessons/{lesson.id}").status == 200
        assert client.get(f"/o/{at.school.slug}/lessons/{lesson.id}/cancel").status == 403

    def test_a_trainee_sees_the_lessons_of_the_own_cohort(self, client, at):
        cohort, other, trainee = at.cohort(code="W-26"), at.cohort(code="W-27"), make_trainee()
        make_enrolment(cohort, trainee)
        make_enrolment(other, trainee, state=EnrolmentState.WAITLISTED)
        mine = add(at, cohort)
        foreign = add(at, other, begins=700, ends=790)
        client.sign_in(trainee.account)

        page = client.get("/me/timetable")

        assert "10:00–11:30" in page.words
        assert "11:40" not in page.words
        assert client.get(f"/me/lessons/{mine.id}").status == 200
        assert client.get(f"/me/lessons/{foreign.id}").status == 404


class TestLetters:
    def test_each_says_what_has_changed(self, client, at, mailbox):
        cohort = at.cohort(people=1)
        pattern = plan(at, cohort)
        lesson = add(at, cohort, MONDAY + timedelta(days=1))
        services.reschedule(at.by, lesson, version=lesson.version, room=at.room, held_on=date(2026, 9, 9), begins=480, ends=570)
        services.stop(at.by, pattern, from_on=MONDAY + 2 * WEEK, reason="The lathe is sold")
        services.cancel(at.by, lesson, reason="Frost")
        run_due()

        subjects = " ".join(str(one.subject) for one in mailbox(at.teacher.account.email))

        for words in ("In your timetable: Module PM.01", "Further lesson", "Lesson moved", "Out of your timetable", "Lesson cancelled"):
            assert words in subjects
