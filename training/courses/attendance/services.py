"""Marking who was at a lesson."""

from collections.abc import Mapping

from sqlalchemy import delete, insert

from training.audit.services import record
from training.courses.attendance import policies, queries
from training.courses.attendance.models import Attendance, AttendanceSheet
from training.courses.attendance.workflow import Event, Mark
from training.courses.lessons.models import Lesson
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import Actor, authorise, require


@transaction()
def mark(
    actor: Actor,
    lesson: Lesson,
    *,
    marks: Mapping[int, Mark],
    late: Mapping[int, int] | None = None,
    reason: str | None = None,
) -> None:
    """Marks everybody on the sheet of a lesson by enrolment, who is not named as present; `late` are minutes. Saved again it is as said last."""
    authorise(policies.can_mark, actor, lesson)
    people = queries.people(lesson)
    given = {one.id: marks.get(one.id, Mark.PRESENT) for one in people}
    minutes = {key: (late or {}).get(key, 0) for key, mark in given.items() if mark is Mark.LATE}
    require(policies.why_not_mark(lesson, number=len(people), late=minutes, reason=reason))
    db.session.execute(delete(Attendance).where(Attendance.lesson_id == lesson.id).execution_options(synchronize_session=False))
    rows = [{"lesson_id": lesson.id, "enrolment_id": key, "mark": mark, "minutes": minutes.get(key)} for key, mark in given.items()]
    db.session.execute(insert(Attendance), rows)
    sheet = queries.sheet(lesson)
    event = Event.CORRECTED if sheet is not None else Event.MARKED
    by = getattr(actor, "account_id", 0)
    if sheet is None:
        db.session.add(AttendanceSheet(lesson_id=lesson.id, marked_at=clock.now(), marked_by=by))
    else:
        sheet.marked_at, sheet.marked_by = clock.now(), by
    exceptions = {one.value: sorted(key for key, mark in given.items() if mark is one) for one in Mark if one is not Mark.PRESENT}
    record(actor, event, lesson, detail={"reason": reason} if reason else None, number=len(rows), **_facts(exceptions))


def _facts(exceptions: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Who was what, by enrolment, as the event keeps it: what was marked before can be read from the events."""
    return {name: keys for name, keys in exceptions.items() if keys}
