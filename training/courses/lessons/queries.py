"""Finding lessons: weeks of them, what a pattern would make, and the hours that they give."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.models import Membership
from training.courses.calendar import queries as calendars
from training.courses.calendar.days import Calendar, monday
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.lessons import clashes, policies
from training.courses.lessons.clashes import Clash, Takes
from training.courses.lessons.models import HOUR, Lesson, LessonPattern
from training.courses.lessons.policies import visible_to
from training.courses.lessons.slots import Rhythm, Slot, left_out, slots
from training.courses.lessons.workflow import State
from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.programmes.queries import modules_of
from training.kernel import clock
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, System
from training.notices.models import ACCOUNT, Recipient
from training.trainees.profiles.models import Trainee

WEEK = timedelta(days=7)
_PEOPLE = (
    joinedload(Lesson.module),
    joinedload(Lesson.room),
    joinedload(Lesson.teacher).joinedload(Membership.account),
    joinedload(Lesson.school),
)
_COHORT = joinedload(Lesson.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)


@dataclass(frozen=True)
class Preview:
    """What a pattern would make: its lessons, the days left out because nobody is taught, and every clash."""

    slots: Sequence[Slot]
    left_out: Sequence[date]
    calendar: Calendar
    clashes: Sequence[Clash]


@dataclass(frozen=True)
class Hours:
    """Academic hours of a module: to be given in class by the programme, in the timetable, and held by now."""

    module: Module
    planned: int
    timetabled: int
    held: int


def with_people(query: Select[Lesson]) -> Select[Lesson]:
    """The query with all that a lesson's pages, letters and services read."""
    return query.options(*_PEOPLE, _COHORT.joinedload(Programme.school))


def lesson(actor: Actor, lesson_id: int) -> Lesson:
    """One lesson with its module, teacher, room, cohort and school."""
    found = db.session.scalars(with_people(visible_to(actor)).where(Lesson.id == lesson_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Lesson]:
    """Those lessons of the ids that the actor may see, as whole as one alone."""
    return by_id(with_people(visible_to(actor)).where(Lesson.id.in_(ids)))


def _patterns(actor: Actor) -> Select[LessonPattern]:
    return policies.patterns_visible_to(actor).options(
        joinedload(LessonPattern.module),
        joinedload(LessonPattern.room),
        joinedload(LessonPattern.teacher).joinedload(Membership.account),
        joinedload(LessonPattern.school),
        joinedload(LessonPattern.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme),
    )


def pattern(actor: Actor, pattern_id: int) -> LessonPattern:
    """One weekly pattern with its module, teacher, room and cohort."""
    found = db.session.scalars(_patterns(actor).where(LessonPattern.id == pattern_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def each_pattern(actor: Actor, ids: Collection[int]) -> dict[int, LessonPattern]:
    """Those patterns of the ids that the actor may see."""
    return by_id(_patterns(actor).where(LessonPattern.id.in_(ids)))


def patterns_of(actor: Actor, cohort_id: int) -> Sequence[LessonPattern]:
    """The weekly patterns of a cohort, those that go on first, in the order of the week."""
    query = _patterns(actor).where(LessonPattern.cohort_id == cohort_id)
    order = (LessonPattern.until_on.desc(), LessonPattern.weekday, LessonPattern.begins, LessonPattern.id)
    return db.session.scalars(query.order_by(*order).limit(200)).all()


def of_pattern(pattern_id: int, *, from_on: date | None = None) -> Sequence[Lesson]:
    """The lessons of a pattern that stand in the timetable, from a day on if one is given, as they are now."""
    query = select(Lesson).where(Lesson.pattern_id == pattern_id, Lesson.state == State.PLANNED)
    if from_on is not None:
        query = query.where(Lesson.held_on >= from_on)
    return db.session.scalars(query.order_by(Lesson.starts_at, Lesson.id), execution_options={"populate_existing": True}).all()


def on_day(actor: Actor, day: date, cohort_ids: Collection[int]) -> Sequence[Lesson]:
    """The lessons of some cohorts that are held on a day."""
    query = with_people(visible_to(actor)).where(Lesson.cohort_id.in_(cohort_ids), Lesson.held_on == day, Lesson.state == State.PLANNED)
    return db.session.scalars(query.order_by(Lesson.starts_at, Lesson.id)).all()


def to_come(actor: System, cohort_id: int) -> Sequence[Lesson]:
    """The lessons of a cohort that stand in the timetable and have not begun."""
    query = visible_to(actor).where(Lesson.cohort_id == cohort_id, Lesson.state == State.PLANNED, Lesson.starts_at > clock.now())
    return db.session.scalars(query.order_by(Lesson.id)).all()


def of_cohort(actor: Actor, cohort: Cohort, first: date) -> Sequence[Lesson]:
    """The lessons of a cohort in the week that begins on a Monday, the cancelled ones too."""
    return _week(visible_to(actor).where(Lesson.cohort_id == cohort.id), first)


def own(actor: Actor, first: date) -> Sequence[Lesson]:
    """The lessons that the actor gives in that week."""
    return _week(visible_to(actor).where(policies.taught_by(getattr(actor, "account_id", 0))), first)


def mine(actor: Actor, first: date) -> Sequence[Lesson]:
    """The lessons of the trainee's cohorts in that week."""
    return _week(visible_to(actor), first)


def _week(query: Select[Lesson], first: date) -> Sequence[Lesson]:
    inside = query.where(Lesson.held_on >= first, Lesson.held_on < first + WEEK)
    return db.session.scalars(inside.options(*_PEOPLE, joinedload(Lesson.cohort)).order_by(Lesson.starts_at, Lesson.id)).all()


def week_of(words: str, *, zone: str, cohort: Cohort | None = None) -> date:
    """The Monday of the day written as `2026-11-23`; of today where it is written otherwise, within the cohort's days if one is given."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        day = clock.today(zone)
        day = min(max(day, cohort.starts_on), cohort.ends_on) if cohort is not None else day
    return monday(day if 2000 <= day.year < 2100 else clock.today(zone))


def hours_of(cohort: Cohort) -> Sequence[Hours]:
    """The hours of every module of the cohort's programme that lessons give: two statements."""
    modules = modules_of(cohort.version_id)
    parents = {one.parent_id for one in modules}
    held = func.sum(Lesson.minutes).filter(Lesson.ends_at <= clock.now())
    query = select(Lesson.module_id, func.sum(Lesson.minutes), held).where(Lesson.cohort_id == cohort.id, Lesson.state == State.PLANNED)
    given = {key: (in_all, done or 0) for key, in_all, done in db.session.execute(query.group_by(Lesson.module_id))}
    found = []
    for one in modules:
        if one.id in given or (one.id not in parents and in_class(one)):
            in_all, done = given.get(one.id, (0, 0))
            found.append(Hours(one, in_class(one), academic(in_all), academic(done)))
    return found


def in_class(module: Module) -> int:
    """The hours of a module that lessons give: all but those at an employer and those of one's own study."""
    return module.hours - module.plant_hours - module.self_study_hours


def academic(minutes: int) -> int:
    """Whole academic hours of so many minutes."""
    return int(timedelta(minutes=minutes) / HOUR)


def preview(takes: Takes, rhythm: Rhythm) -> Preview:
    """What a pattern would make for a cohort: two statements, and none for lessons."""
    cohort = takes.cohort
    zone, days = zone_of(cohort), {"first": cohort.starts_on, "last": cohort.ends_on}
    calendar = calendars.calendar(cohort.school_id, rhythm.from_on, rhythm.until_on)
    made = slots(rhythm, calendar, zone, **days)
    return Preview(made, left_out(rhythm, calendar, **days), calendar, clashes.find(takes, made))


def modules(cohort: Cohort) -> Sequence[Module]:
    """The modules that a cohort can have lessons of: those of its programme that have no parts."""
    found = modules_of(cohort.version_id)
    parents = {one.parent_id for one in found}
    return [one for one in found if one.id not in parents]


def listeners(cohort_ids: Collection[int]) -> Mapping[int, Sequence[Recipient]]:
    """The accounts of those who study in some cohorts now, by cohort: one statement."""
    query = select(Enrolment.cohort_id, Trainee.account_id).join(Enrolment.trainee)
    query = query.where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.state == EnrolmentState.ENROLLED, Trainee.account_id.is_not(None))
    found: dict[int, list[Recipient]] = {}
    for key, account_id in db.session.execute(query.order_by(Enrolment.id)):
        assert account_id is not None
        found.setdefault(key, []).append(Recipient(ACCOUNT, account_id))
    return found


def on_days_off(actor: System, year_id: int) -> Sequence[tuple[Lesson, str]]:
    """The lessons to come that stand on days off of an academic year, each with the name of those days."""
    year = calendars.year(actor, year_id)
    calendar = calendars.calendar(year.school_id, year.starts_on, year.ends_on)
    first = max(clock.today("UTC"), year.starts_on)
    query = visible_to(actor).where(Lesson.school_id == year.school_id, Lesson.state == State.PLANNED)
    query = query.where(Lesson.held_on >= first, Lesson.held_on <= year.ends_on, Lesson.starts_at > clock.now())
    days = [day for span in (calendar.years[0].holidays if calendar.years else ()) for day in _of(span.first, span.last)]
    found = db.session.scalars(with_people(query.where(Lesson.held_on.in_(days))).order_by(Lesson.starts_at, Lesson.id)).all()
    return [(one, off.name) for one in found if (off := calendar.holiday_on(one.held_on)) is not None]


def _of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
