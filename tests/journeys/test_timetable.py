"""A teacher's week: the school puts lessons in, a lesson is called off, and 25 people are marked on a phone in a handful of taps."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tests.courses.factories import make_enrolment, pool_of
from tests.factories import make_trainee, save
from tests.journeys.arriving import home
from training.app import create_app
from training.courses.attendance import queries as attendance
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.lessons import queries
from training.courses.lessons.models import Lesson
from training.kernel.config import from_environment
from training.kernel.db import db
from training.kernel.policy import System

PEOPLE = 25
"""A full group."""
AWAY = 3
TAPS = 1 + AWAY + 1
"""Opening the sheet, one for each person who was not simply there, and saving."""
SECONDS = 60


def full_group(folder) -> tuple[int, int]:
    """The demonstration's group with the most people, filled up to 25, and a lesson that it had an hour ago: the keys of both."""
    app = create_app(from_environment({"CADRE_FOLDER": str(folder), "CADRE_DEMO": "small"}))
    with app.app_context():
        busiest = select(Lesson.cohort_id).join(SeatPool, SeatPool.cohort_id == Lesson.cohort_id)
        key = db.session.scalars(busiest.group_by(Lesson.cohort_id).order_by(func.max(SeatPool.held).desc()).limit(1)).one()
        cohort = db.session.get_one(Cohort, key)
        known = db.session.scalars(select(Lesson).where(Lesson.cohort_id == key).order_by(Lesson.id).limit(1)).one()
        now = datetime.now(UTC)
        lesson = save(
            Lesson(
                school_id=known.school_id,
                cohort=cohort,
                module_id=known.module_id,
                teacher_id=known.teacher_id,
                room_id=known.room_id,
                held_on=(now - timedelta(hours=1)).date(),
                starts_at=now - timedelta(hours=1),
                ends_at=now - timedelta(minutes=15),
                minutes=45,
            )
        )
        there = len(attendance.people(queries.lesson(System("test"), lesson.id)))
        pool = pool_of(cohort, Funding.TARGET)
        pool.seats = pool.held + PEOPLE - there
        db.session.commit()
        for _number in range(PEOPLE - there):
            make_enrolment(cohort, make_trainee(), funding=Funding.TARGET, enrolled_on=cohort.starts_on)
        return cohort.id, lesson.id


def test_a_school_makes_a_timetable_and_a_teacher_marks_a_full_group_on_a_phone(person, site):
    cohort, lesson = full_group(site.folder)
    manager = person(language="ru").become("school-manager")
    base = home(manager.page.url)
    manager.go(f"{base}academic-years").look("academic years").page.locator("main tbody th a").first.click()
    manager.look("an academic year").go(f"{base}rooms").look("rooms")
    manager.go(f"{base}cohorts/{cohort}/timetable").look("the timetable of a group").press("Put weekly lessons in…")
    manager.fill(weekday="5", begins="08:00", ends="09:30").press("See what it makes").look("what weekly lessons make")
    with manager.page.expect_navigation(wait_until="load"):
        manager.page.locator("button[name=confirm]").click()
    manager.sees("In the timetable. The cohort and the teacher are told.")
    manager.press("Put weekly lessons in…").fill(weekday="5", begins="09:00", ends="10:30").press("See what it makes")
    manager.sees("Nothing is put in while this stands in the way:").look("weekly lessons that clash")
    manager.go(f"{base}cohorts/{cohort}/timetable").page.locator("main .rows a").last.click()
    manager.look("one weekly lesson").page.locator("main .rows a").last.click()
    manager.press("Move it…").look("moving a lesson").fill(begins="10:00", ends="11:30").press("Move the lesson")
    manager.press("Cancel it…").look("calling a lesson off").fill(reason="Проверка проводки").press("Cancel the lesson")
    manager.reads("Проверка проводки").look("a lesson that was called off")

    teacher = person(language="ru", phone=True).become("school-teacher").look("home of a teacher with lessons to mark")
    began, taps = time.monotonic(), 0
    teacher.page.locator(f"main a[href$='/lessons/{lesson}/attendance']").tap()
    taps += 1
    rows = teacher.page.locator(".sheet-rows .line")
    rows.first.wait_for()
    assert rows.count() == PEOPLE
    for number, mark in ((2, "absent"), (7, "late"), (19, "excused")):
        rows.nth(number).locator(f"label:has([value={mark}])").tap()
        taps += 1
    with teacher.page.expect_navigation(wait_until="load"):
        teacher.find("Save", role="button").tap()
    taps += 1
    assert (taps, time.monotonic() - began < SECONDS) == (TAPS, True)
    teacher.reads("23").look("a teacher's week")
    teacher.go(f"{base}lessons/{lesson}/attendance").look("a sheet that is marked")
    assert teacher.page.locator("[value=present]:checked").count() == PEOPLE - AWAY

    plain = person(language="en", phone=True, scripts=False).become("school-teacher")
    plain.go(f"{base}lessons/{lesson}/attendance").page.locator(".line").nth(2).locator("label:has([value=present])").click()
    plain.press("Save").sees("Saved:")

    manager.go(f"{base}cohorts/{cohort}/attendance").look("attendance of a group")
    trainee = person(language="en", phone=True).become("trainee")
    trainee.go("/me/timetable").look("a trainee's week").go("/me/attendance").look("a trainee's attendance")
    trainee.go("/account/calendar").press("Make an address").look("the address of a calendar")
