"""Finding who is to be marked, what was marked, and how often people were there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from training.audit.models import Happening
from training.courses.attendance import policies
from training.courses.attendance.models import Attendance, AttendanceSheet
from training.courses.attendance.policies import visible_to
from training.courses.attendance.workflow import Mark
from training.courses.calendar.days import Span
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.lessons.models import Lesson
from training.courses.lessons.policies import taught_by
from training.courses.lessons.policies import visible_to as lessons_seen
from training.courses.lessons.workflow import State
from training.courses.programmes.models import ProgrammeVersion
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Actor, Learner
from training.trainees.profiles.models import Trainee

BACK = timedelta(days=14)
"""For how long a teacher is asked for the marks of a lesson."""
SHOWN = 100


@dataclass(frozen=True)
class Figure:
    """How often somebody was at the lessons that were marked."""

    enrolment: Enrolment
    number: Mapping[Mark, int]

    @property
    def lessons(self) -> int:
        """How many were marked."""
        return sum(self.number.values())

    @property
    def there(self) -> int:
        """At how many they were, late or from afar too."""
        return sum(count for mark, count in self.number.items() if mark.there)

    @property
    def share(self) -> float | None:
        """Of the lessons from which they were not excused; None while there is none."""
        counted = sum(count for mark, count in self.number.items() if policies.counts(mark))
        return self.there / counted if counted else None


def people(lesson: Lesson) -> Sequence[Enrolment]:
    """Those who studied in the cohort on the day of the lesson, by name; whoever was on leave then is not on the sheet: two statements."""
    query = select(Enrolment).join(Enrolment.trainee).options(contains_eager(Enrolment.trainee))
    query = query.where(Enrolment.cohort_id == lesson.cohort_id, *policies.studied_on(lesson.held_on))
    found = db.session.scalars(query.order_by(Trainee.name_key, Enrolment.id)).all()
    away = on_leave([one.id for one in found], lesson)
    return [one for one in found if one.id not in away]


def on_leave(ids: Collection[int], lesson: Lesson) -> Collection[int]:
    """Those of the enrolments that were on leave when the lesson began, as their events say."""
    said = select(Happening.subject_id, Happening.name).where(
        Happening.subject_kind == "enrolment",
        Happening.subject_id.in_(ids),
        Happening.name.in_([EnrolmentEvent.ON_LEAVE.value, EnrolmentEvent.BACK.value]),
        Happening.at <= lesson.starts_at,
    )
    last = {key: name for key, name in db.session.execute(said.order_by(Happening.id))}  # noqa: C416 - rows are no pairs to mypy
    return {key for key, name in last.items() if name == EnrolmentEvent.ON_LEAVE.value}


def marks(lesson: Lesson) -> Mapping[int, Attendance]:
    """What was marked at a lesson, by enrolment."""
    return {one.enrolment_id: one for one in db.session.scalars(select(Attendance).where(Attendance.lesson_id == lesson.id))}


def sheet(lesson: Lesson) -> AttendanceSheet | None:
    """When a lesson was marked, if it was."""
    return db.session.scalars(select(AttendanceSheet).where(AttendanceSheet.lesson_id == lesson.id)).one_or_none()


def unmarked(actor: Actor) -> Sequence[Lesson]:
    """The lessons of the last days that the actor gave and has not marked, the latest first; nothing is asked for whoever gives none."""
    if not policies.marks_own(actor):
        return []
    marked = exists().where(AttendanceSheet.lesson_id == Lesson.id)
    query = lessons_seen(actor).where(
        taught_by(getattr(actor, "account_id", 0)),
        Lesson.state == State.PLANNED,
        Lesson.ends_at <= clock.now(),
        Lesson.starts_at > clock.now() - BACK,
        ~marked,
    )
    loaded = (joinedload(Lesson.module), joinedload(Lesson.cohort), joinedload(Lesson.school))
    return db.session.scalars(query.options(*loaded).order_by(Lesson.starts_at.desc(), Lesson.id).limit(SHOWN)).all()


def figures(enrolments: Sequence[Enrolment], spans: Sequence[Span] = ()) -> Sequence[Figure]:
    """How often each was there, within the days if some are given: one statement."""
    query = select(Attendance.enrolment_id, Attendance.mark, func.count()).join(Attendance.lesson)
    query = query.where(Attendance.enrolment_id.in_([one.id for one in enrolments]), Lesson.state == State.PLANNED)
    for span in spans:
        query = query.where(Lesson.held_on >= span.first, Lesson.held_on <= span.last)
    found: dict[int, dict[Mark, int]] = {}
    for key, mark, count in db.session.execute(query.group_by(Attendance.enrolment_id, Attendance.mark)):
        found.setdefault(key, {})[mark] = count
    return [Figure(one, found.get(one.id, {})) for one in enrolments]


def mine(actor: Learner) -> Sequence[Figure]:
    """The trainee's own figures, by cohort, the newest first, of those with lessons that were marked: two statements."""
    query = select(Enrolment).where(Enrolment.trainee_id == actor.trainee_id, Enrolment.enrolled_on.is_not(None))
    loaded = joinedload(Enrolment.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    enrolments = db.session.scalars(query.options(loaded).order_by(Enrolment.id.desc())).all()
    return [one for one in figures(enrolments) if one.lessons]


def exceptions(actor: Actor) -> Sequence[Attendance]:
    """The lessons at which the trainee was not simply there, the newest first."""
    query = visible_to(actor).join(Attendance.lesson).where(Attendance.mark != Mark.PRESENT, Lesson.state == State.PLANNED)
    loaded = contains_eager(Attendance.lesson)
    query = query.options(loaded.joinedload(Lesson.module), loaded.joinedload(Lesson.school))
    return db.session.scalars(query.order_by(Lesson.starts_at.desc(), Attendance.id).limit(SHOWN)).all()
