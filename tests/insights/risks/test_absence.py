"""Who was lately missed at lessons."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.lessons.timetables import MONDAY, NOW, School, add
from tests.factories import acting, save
from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Mark
from training.courses.enrolments.models import Enrolment
from training.insights.risks.lists import RISKS
from training.kernel import clock
from training.kernel.db import db
from training.kernel.lists import Wanted

pytestmark = pytest.mark.usefixtures("app")


def told(*missed: tuple[int, Mark]) -> list[list[str]]:
    """The reasons of whoever was marked so on days of the last weeks, as their teacher sees them on the 21st."""
    with clock.at(NOW):
        at = School()
        cohort = at.cohort(people=2)
    one = db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == cohort.id).order_by(Enrolment.id)).first()
    assert one is not None
    with clock.at(NOW + timedelta(days=14)):
        for days, mark in missed:
            lesson = add(at, cohort, MONDAY + timedelta(days=days))
            save(Attendance(lesson_id=lesson.id, enrolment_id=one.id, mark=mark))
        found = RISKS.page(acting(at.teacher), Wanted(filters={"reason": ["absence"]}))
        return [list(row.reasons) for row in found.rows]


def test_three_lessons_without_excuse_in_two_weeks_are_a_reason():
    assert told((1, Mark.ABSENT), (2, Mark.ABSENT), (7, Mark.ABSENT)) == [["Missed 3 lessons in two weeks without excuse."]]


@pytest.mark.parametrize("last", [(7, Mark.EXCUSED), (7, Mark.PRESENT), (-1, Mark.ABSENT)], ids=["excused", "there", "longer ago"])
def test_two_and_something_else_are_none(last):
    assert told((1, Mark.ABSENT), (2, Mark.ABSENT), last) == []
