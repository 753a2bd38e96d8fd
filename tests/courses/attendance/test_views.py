"""Pages of attendance."""

from datetime import date, timedelta

import pytest

from tests.courses.factories import make_enrolment
from tests.courses.lessons.timetables import MONDAY, NOW, add
from tests.factories import make_member, make_trainee
from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Mark
from training.courses.calendar import services as calendars
from training.courses.calendar.workflow import PeriodKind
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role

FIRST = date(2026, 9, 1)


@pytest.fixture
def after(app):
    with clock.at(NOW + timedelta(hours=3)):
        yield


def group(at, number=3):
    cohort = at.cohort()
    people = [make_enrolment(cohort, make_trainee(), enrolled_on=FIRST) for _number in range(number)]
    return cohort, people


def test_the_sheet_begins_with_everybody_present(client, at, after):
    cohort, people = group(at)
    lesson = add(at, cohort)
    client.sign_in(at.teacher.account)

    form = client.get(f"/o/{at.school.slug}/lessons/{lesson.id}/attendance").form()

    assert {form[f"mark-{one.id}"] for one in people} == {"present"}


def test_exceptions_are_saved_by_one_button_and_shown_again(client, at, after):
    cohort, people = group(at)
    lesson = add(at, cohort)
    client.sign_in(at.teacher.account)
    url = f"/o/{at.school.slug}/lessons/{lesson.id}/attendance"
    assert "1 lesson is not marked yet" in client.get(f"/o/{at.school.slug}/").words
    assert "1 lesson is not marked yet" in client.get(f"/o/{at.school.slug}/timetable").words

    page = client.submit(
        url, follow=True, **{f"mark-{people[0].id}": "absent", f"mark-{people[1].id}": "late", f"late-{people[1].id}": "7"}
    )

    assert "Saved: 2 of 3 were there." in page.words
    assert "not marked yet" not in page.words
    form = client.get(url).form()
    assert [form[f"mark-{one.id}"] for one in people] == ["absent", "late", "present"]
    assert form[f"late-{people[1].id}"] == "7"


def test_what_was_tapped_stays_when_it_is_refused(client, at):
    cohort, people = group(at)
    lesson = add(at, cohort)
    url = f"/o/{at.school.slug}/lessons/{lesson.id}/attendance"

    with clock.at(NOW + timedelta(days=20)):
        client.sign_in(at.teacher.account)
        page = client.submit(url, **{f"mark-{people[0].id}": "absent"})
        assert page.status == 409
        assert "more than 7 days ago" in page.words
        assert page.form()[f"mark-{people[0].id}"] == "absent"
        page = client.submit(url, reason="The list was on paper", **{f"mark-{people[0].id}": "absent"})

    assert page.status == 302
    assert db.session.query(Attendance).filter_by(mark=Mark.ABSENT).count() == 1


def test_values_that_are_none_leave_people_present(client, at, after):
    cohort, people = group(at)
    lesson = add(at, cohort)
    client.sign_in(at.teacher.account)

    page = client.submit(
        f"/o/{at.school.slug}/lessons/{lesson.id}/attendance",
        **{f"mark-{people[0].id}": "dead", f"late-{people[0].id}": "\0x", "mark-0": "absent"},
    )

    assert page.status == 302
    assert db.session.query(Attendance).filter_by(mark=Mark.PRESENT).count() == 3


def test_before_a_lesson_its_page_says_when(client, at):
    cohort, _people = group(at)
    lesson = add(at, cohort)
    client.sign_in(at.teacher.account)

    page = client.get(f"/o/{at.school.slug}/lessons/{lesson.id}/attendance")

    assert "It has not begun yet" in page.words
    assert "Everybody is here" not in page.words


def test_the_cohort_s_page_shows_shares_by_term_and_goes_out(client, at, after):
    calendars.add_period(at.by, at.year, kind=PeriodKind.TERM, name="Autumn", starts_on=FIRST, ends_on=date(2026, 12, 29))
    calendars.add_period(at.by, at.year, kind=PeriodKind.TERM, name="Spring", starts_on=date(2027, 1, 11), ends_on=date(2027, 6, 30))
    cohort, people = group(at)
    lesson = add(at, cohort, MONDAY)
    client.sign_in(at.teacher.account)
    client.submit(f"/o/{at.school.slug}/lessons/{lesson.id}/attendance", **{f"mark-{people[0].id}": "absent"})
    url = f"/o/{at.school.slug}/cohorts/{cohort.id}/attendance"

    assert client.get(url).words.count("100 %") == 2
    assert "0 %" in client.get(url).words
    assert "100 %" not in client.get(f"{url}?term=2027-01-11").words
    assert "Autumn, 2026" in client.get(url).words


def test_a_trainee_sees_their_own(client, at, after):
    cohort, people = group(at, 2)
    lesson = add(at, cohort)
    client.sign_in(at.teacher.account)
    client.submit(f"/o/{at.school.slug}/lessons/{lesson.id}/attendance", **{f"mark-{people[0].id}": "absent"})

    client.sign_in(people[0].trainee.account)
    page = client.get("/me/attendance")
    assert "0 of 1 lessons" in page.words
    assert "Absent" in page.words
    client.sign_in(people[1].trainee.account)
    assert "1 of 1 lessons" in client.get("/me/attendance").words


def test_another_teacher_does_not_mark(client, at, after):
    cohort, _people = group(at)
    lesson = add(at, cohort)
    client.sign_in(make_member(at.school, Role.TEACHER).account)

    assert client.get(f"/o/{at.school.slug}/lessons/{lesson.id}/attendance").status == 403


def test_pages_ask_as_much_for_forty_people_as_for_two(client, at, after, statements):
    def asked(number):
        cohort, _people = group(at, number)
        lesson = add(at, cohort, begins=500 + number, ends=501 + number)
        client.sign_in(at.teacher.account)
        counts = []
        for url in (f"lessons/{lesson.id}/attendance", f"cohorts/{cohort.id}/attendance"):
            client.get(f"/o/{at.school.slug}/{url}")
            statements.clear()
            client.get(f"/o/{at.school.slug}/{url}")
            counts.append(len(statements))
        return counts

    assert asked(2) == asked(40)
