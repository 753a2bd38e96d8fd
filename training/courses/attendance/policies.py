"""Who marks attendance, until when, and who reads it."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, false, select

from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Mark
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.models import Lesson
from training.courses.lessons.workflow import State
from training.kernel import clock
from training.kernel.i18n import LazyString, _l, format_moment
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

OPEN_FOR = timedelta(days=7)
"""How long after a lesson its attendance is marked and corrected without a reason: a week has every teacher back in the same room,
and is short enough that people still remember. Afterwards stipends and lists of those at risk have been read from it."""


def visible_to(actor: Actor) -> Select[Attendance]:
    """Trainees: their own. Schools: those of their cohorts."""
    match actor:
        case System():
            return select(Attendance)
        case Learner(trainee_id=me):
            return select(Attendance).join(Attendance.enrolment).where(Enrolment.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Attendance).join(Attendance.enrolment).where(Enrolment.school_id == mine)
        case _:
            return select(Attendance).where(false())


def can_mark(actor: Actor, lesson: Lesson) -> bool:
    """Whoever gives the lesson, and the managers of the school."""
    gives = isinstance(actor, Member) and holds(actor, Role.TEACHER, at=lesson.school_id) and lesson.teacher.account_id == actor.account_id
    return gives or holds(actor, Role.MANAGER, at=lesson.school_id)


def can_see_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Trainees."""
    return isinstance(actor, Learner)


def marks_own(actor: Actor) -> bool:
    """Whether the actor gives lessons at the school acted for."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL and Role.TEACHER in actor.roles


def is_locked(lesson: Lesson) -> bool:
    """Whether a change needs a reason by now."""
    return clock.now() > lesson.ends_at + OPEN_FOR


def why_not_mark(
    lesson: Lesson, *, number: int, late: Mapping[int, int] | None = None, reason: str | None = None
) -> list[str | LazyString]:
    """It takes place and has begun, somebody is on the sheet, minutes are those of the lesson, and a late change has its reason."""
    if lesson.state is State.CANCELLED:
        return [_l("This lesson was cancelled: nobody is marked.")]
    if lesson.starts_at > clock.now():
        return [
            _l("It has not begun yet. Mark it from then on: %(moment)s.", moment=format_moment(lesson.starts_at, zone=lesson.school.zone))
        ]
    if not number:
        return [_l("Nobody studied in the cohort on this day.")]
    if any(not 0 < minutes <= lesson.minutes for minutes in (late or {}).values()):
        return [_l("Somebody is late by 1 to %(number)d minutes; this is how long the lesson is.", number=lesson.minutes)]
    if is_locked(lesson) and not reason:
        return [_l("The lesson was more than %(days)d days ago. Say why this is changed now.", days=OPEN_FOR.days)]
    return []


def counts(mark: Mark) -> bool:
    """Whether it counts in the share of lessons that somebody was at; one who is excused is left out of it."""
    return mark is not Mark.EXCUSED


def studied_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """As conditions on Enrolment: whoever had a seat in the cohort on a day; leaves are looked at beside."""
    return (Enrolment.enrolled_on <= day, Enrolment.ended_on.is_(None) | (Enrolment.ended_on >= day))
