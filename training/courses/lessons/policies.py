"""Who sees which lessons, who makes a timetable, and what must be true."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, false, select

from training.accounts.memberships.models import Membership
from training.courses.calendar.days import Calendar
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.lessons.clashes import Takes
from training.courses.lessons.models import Lesson, LessonPattern
from training.kernel.i18n import LazyString, _l, format_date, format_range
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

LONGEST = 8 * 60
"""Minutes of a lesson at most."""
STUDIED = (EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE, EnrolmentState.COMPLETED)
"""Whoever stands so in a cohort sees its timetable."""
OVER = (CohortState.COMPLETED, CohortState.CANCELLED)


def visible_to(actor: Actor) -> Select[Lesson]:
    """Schools: their own. Trainees: those of the cohorts they study in."""
    match actor:
        case System():
            return select(Lesson)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Lesson).where(Lesson.school_id == mine)
        case Learner(trainee_id=me):
            return select(Lesson).where(Lesson.cohort_id.in_(cohorts_of(Enrolment.trainee_id == me)))
        case _:
            return select(Lesson).where(false())


def patterns_visible_to(actor: Actor) -> Select[LessonPattern]:
    """The patterns of the same cohorts."""
    lessons = visible_to(actor).with_only_columns(Lesson.pattern_id)
    match actor:
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(LessonPattern).where(LessonPattern.school_id == mine)
        case _:
            return select(LessonPattern).where(LessonPattern.id.in_(lessons))


def cohorts_of(*whose: ColumnElement[bool]) -> Select[int]:
    """The cohorts in which somebody studies."""
    return select(Enrolment.cohort_id).where(*whose, Enrolment.state.in_(STUDIED))


def taught_by(account_id: int) -> ColumnElement[bool]:
    """As a condition on Lesson: somebody gives it."""
    return Lesson.teacher_id.in_(select(Membership.id).where(Membership.account_id == account_id))


def can_list_own(actor: Actor, subject: object = None) -> bool:
    """Everybody at a school has a timetable, if an empty one."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Trainees."""
    return isinstance(actor, Learner)


def can_see_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_see(actor: Actor, lesson: Lesson) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Learner) or (isinstance(actor, Member) and actor.organisation_id == lesson.school_id)


def can_see_pattern(actor: Actor, pattern: LessonPattern) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Learner) or (isinstance(actor, Member) and actor.organisation_id == pattern.school_id)


def can_plan(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school make timetables."""
    return holds(actor, Role.MANAGER, at=cohort.school_id)


def can_add(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return can_plan(actor, cohort)


def can_stop(actor: Actor, pattern: LessonPattern) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=pattern.school_id)


def leads(actor: Actor, lesson: Lesson) -> bool:
    """Managers of the school; the clock acts for nobody."""
    return isinstance(actor, System) or holds(actor, Role.MANAGER, at=lesson.school_id)


def can_reschedule(actor: Actor, lesson: Lesson) -> bool:
    """Managers of the school."""
    return leads(actor, lesson)


def can_substitute(actor: Actor, lesson: Lesson) -> bool:
    """Managers of the school."""
    return leads(actor, lesson)


def can_cancel(actor: Actor, lesson: Lesson) -> bool:
    """Managers of the school."""
    return leads(actor, lesson)


def why_not_teach(takes: Takes, *, module_of: int) -> list[str | LazyString]:
    """The cohort goes on, the module is its programme's, and teacher and room are the school's."""
    found: list[str | LazyString] = []
    cohort, teacher = takes.cohort, takes.teacher
    if cohort.state in OVER:
        found.append(_l("Cohort %(cohort)s is over, it has no lessons any more.", cohort=cohort.code))
    if module_of != cohort.version_id:
        found.append(_l("This module is not one of the cohort's programme."))
    if teacher.organisation_id != cohort.school_id or teacher.role is not Role.TEACHER or teacher.ended_on is not None:
        found.append(_l("Choose a teacher of your school."))
    if takes.room.school_id != cohort.school_id:
        found.append(_l("Choose a room of your school."))
    return found


def why_not_times(begins: int, ends: int) -> list[str | LazyString]:
    """A lesson begins before it ends, and ends within the day and within eight hours."""
    if begins >= ends:
        return [_l("A lesson ends after it begins.")]
    return [_l("A lesson lasts eight hours at most.")] if ends - begins > LONGEST else []


def why_not_on(cohort: Cohort, calendar: Calendar, day: date) -> list[str | LazyString]:
    """A teaching day inside the cohort's first and last day."""
    if not cohort.starts_on <= day <= cohort.ends_on:
        days = format_range(cohort.starts_on, cohort.ends_on)
        return [_l("Cohort %(cohort)s studies %(days)s.", cohort=cohort.code, days=days)]
    if calendar.is_teaching_day(day):
        return []
    if calendar.year_of(day) is None:
        return [_l("No academic year has this day. Plan the year first.")]
    off = calendar.holiday_on(day)
    words = format_date(day, relative=False)
    if off is not None:
        return [_l("Nobody is taught on %(day)s: %(holiday)s.", day=words, holiday=off.name)]
    return [_l("%(day)s is in no term.", day=words)]


def why_not_pattern(cohort: Cohort, calendar: Calendar, *, from_on: date, until_on: date, number: int) -> list[str | LazyString]:
    """Days in order, and at least one lesson comes of it."""
    if from_on > until_on:
        return [_l("The last day does not come before the first.")]
    if (until_on - from_on) > timedelta(days=400):
        return [_l("A pattern lasts a year at most. Begin another one after it.")]
    if number:
        return []
    if not calendar.years:
        return [_l("No academic year has these days. Plan the year first.")]
    days = format_range(cohort.starts_on, cohort.ends_on)
    return [_l("No lesson comes of this: the cohort studies %(days)s, and nobody is taught on days off.", days=days)]


def why_not_change(lesson: Lesson) -> list[str | LazyString]:
    """The cohort is not over."""
    if lesson.cohort.state in OVER:
        return [_l("Cohort %(cohort)s is over, its timetable stays as it is.", cohort=lesson.cohort.code)]
    return []


def why_not_stop(pattern: LessonPattern, *, number: int) -> list[str | LazyString]:
    """There are lessons to come from that day on."""
    return [] if number else [_l("There are no lessons of it from that day on.")]
