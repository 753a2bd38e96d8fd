"""Timetables for tests: a school with a year, rooms and teachers, and cohorts that study all year."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.factories import acting, make_member, make_school, make_trainee, save
from training.courses.calendar import services as calendars
from training.courses.calendar.models import AcademicYear
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State as CohortState
from training.courses.lessons import queries, services
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.lessons.slots import Rhythm
from training.courses.lessons.workflow import Parity
from training.courses.programmes.queries import modules_of
from training.courses.rooms.models import Room
from training.kernel.db import db
from training.kernel.policy import Role, System
from training.notices.models import Notification

SYSTEM = System("test")
NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
"""A Monday in the first term, nine o'clock at the school."""
MONDAY = date(2026, 9, 7)
FIRST, LAST = date(2026, 9, 1), date(2027, 6, 30)
_count = count(200)


class School:
    """A school with all that a timetable needs."""

    def __init__(self):
        self.school = make_school()
        self.manager = make_member(self.school, Role.MANAGER)
        self.teacher = make_member(self.school, Role.TEACHER)
        self.room = make_room(self.school)
        self.version = make_version(make_programme(self.school), modules={"PM.01": 60, "PM.02": 40})
        self.modules = modules_of(self.version.id)
        self.by = acting(self.manager)
        self.year: AcademicYear = calendars.plan(self.by, self.school, starts_on=FIRST, ends_on=LAST)

    def cohort(self, people: int = 0, **given) -> Cohort:
        cohort = make_cohort(self.version, state=CohortState.RUNNING, seats=60, **days(), **given)
        for _number in range(people):
            make_enrolment(cohort, make_trainee())
        found = loaded(cohort)
        db.session.commit()  # what a page writes now is not inside this reading
        return found


def days() -> dict[str, Any]:
    """The days of a cohort that studies all year."""
    return {
        "opens_on": date(2026, 6, 1),
        "closes_on": date(2026, 8, 1),
        "starts_on": FIRST,
        "ends_on": LAST,
        "joins_until_on": date(2026, 8, 31),
    }


def make_room(school, name: str | None = None) -> Room:
    room = Room(school_id=school.id)
    room.call(name or f"Room {next(_count)}")
    return save(room)


def loaded(cohort: Cohort) -> Cohort:
    """The cohort as a page loads it."""
    return cohorts.cohort(SYSTEM, cohort.id)


def rhythm(**given) -> Rhythm:
    """Mondays from ten to half past eleven, until the end of September."""
    values: dict[str, Any] = {
        "weekday": 0,
        "begins": 10 * 60,
        "ends": 11 * 60 + 30,
        "parity": Parity.EVERY,
        "from_on": FIRST,
        "until_on": date(2026, 9, 30),
    }
    return Rhythm(**(values | given))


def plan(at: School, cohort: Cohort, *, module=None, teacher=None, room=None, **given) -> LessonPattern:
    """A weekly pattern, Mondays by default."""
    return services.plan(
        at.by, cohort, module=module or at.modules[0], teacher=teacher or at.teacher, room=room or at.room, rhythm=rhythm(**given)
    )


def add(at: School, cohort: Cohort, day: date = MONDAY, begins: int = 600, ends: int = 690, **given) -> Lesson:
    """A single lesson, this Monday at ten by default."""
    values = {"module": at.modules[0], "teacher": at.teacher, "room": at.room, **given}
    made = services.add(at.by, cohort, held_on=day, begins=begins, ends=ends, **values)
    return whole(made)


def whole(lesson: Lesson) -> Lesson:
    """The lesson as a page loads it."""
    key = lesson.id
    db.session.rollback()
    if lesson in db.session:
        db.session.expunge(lesson)
    return queries.lesson(SYSTEM, key)


def lessons() -> list[Lesson]:
    """Every lesson, in time."""
    db.session.rollback()
    return list(db.session.scalars(select(Lesson).order_by(Lesson.starts_at, Lesson.id), execution_options={"populate_existing": True}))


def told(notice) -> set[int]:
    """The accounts that were told of something."""
    return set(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value)))


def moment(day: date, hour: int, minute: int = 0, zone: str = "Europe/Samara") -> datetime:
    """The hour at the school."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


WEEK = timedelta(days=7)
