"""Making timetables: patterns and single lessons; whoever and whatever they need is held, looked at, and only then taken."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from training.accounts.memberships.holdings import keep
from training.accounts.memberships.models import Membership
from training.audit.services import record, record_each
from training.courses.calendar import queries as calendars
from training.courses.calendar.models import AcademicYear
from training.courses.calendar.services import build_on
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.lessons import clashes, policies, queries
from training.courses.lessons.clashes import Takes
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.lessons.slots import Rhythm, Slot, slot
from training.courses.lessons.workflow import LIFECYCLE, Event, Notice, State
from training.courses.programmes.models import Module
from training.courses.rooms.models import Room
from training.kernel import clock
from training.kernel.db import db, expect, hold, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.turns.services import move


@transaction()
def plan(actor: Actor, cohort: Cohort, *, module: Module, teacher: Membership, room: Room, rhythm: Rhythm) -> LessonPattern:
    """Puts the lessons of a weekly pattern into the timetable: all of them, or none when one clashes."""
    authorise(policies.can_plan, actor, cohort)
    takes = Takes(cohort, teacher, room)
    _hold(takes)
    build_on(cohort.school_id, rhythm.from_on, rhythm.until_on)
    require(policies.why_not_teach(takes, module_of=module.version_id))
    require(policies.why_not_times(rhythm.begins, rhythm.ends), field="ends")
    found = queries.preview(takes, rhythm)
    first, last = rhythm.from_on, rhythm.until_on
    require(policies.why_not_pattern(cohort, found.calendar, from_on=first, until_on=last, number=len(found.slots)))
    require(clashes.sentences(found.clashes, takes, zone_of(cohort)))
    pattern = LessonPattern(
        school_id=cohort.school_id,
        cohort=cohort,
        module=module,
        teacher=teacher,
        room=room,
        weekday=rhythm.weekday,
        begins=rhythm.begins,
        ends=rhythm.ends,
        parity=rhythm.parity,
        from_on=first,
        until_on=last,
    )
    db.session.add(pattern)
    db.session.flush()  # its lessons refer to its key
    db.session.add_all(_made(takes, module, one, pattern_id=pattern.id) for one in found.slots)
    record(
        actor, Event.PLANNED, pattern, cohort=cohort.id, module=module.id, teacher=teacher.id, room=room.id, from_on=first, until_on=last
    )
    if found.slots[-1].starts_at > clock.now():
        notify(Notice.PLANNED, pattern, to=_everybody(actor, cohort, teacher), number=len(found.slots))
    return pattern


@transaction()
def stop(actor: Actor, pattern: LessonPattern, *, from_on: date, reason: str) -> None:
    """Takes the lessons of a pattern out of the timetable from a day on."""
    authorise(policies.can_stop, actor, pattern)
    going = queries.of_pattern(pattern.id, from_on=from_on)
    require(policies.why_not_stop(pattern, number=len(going)), field="from_on")
    for one in going:
        move(actor, LIFECYCLE, "cancel", one, reason=reason)
        one.reason = reason
    pattern.stopped_from_on, pattern.reason = from_on, reason
    record(actor, Event.STOPPED, pattern, from_on=from_on, number=len(going), detail={"reason": reason})
    record_each(actor, Event.CANCELLED, going, pattern=pattern.id)
    if going[-1].starts_at > clock.now():
        notify(Notice.STOPPED, pattern, to=_everybody(actor, pattern.cohort, pattern.teacher), from_on=from_on, number=len(going))


@transaction()
def add(actor: Actor, cohort: Cohort, *, module: Module, teacher: Membership, room: Room, held_on: date, begins: int, ends: int) -> Lesson:
    """A single lesson beside the patterns."""
    authorise(policies.can_add, actor, cohort)
    takes = Takes(cohort, teacher, room)
    _hold(takes)
    build_on(cohort.school_id, held_on, held_on)
    require(policies.why_not_teach(takes, module_of=module.version_id))
    lesson = _made(takes, module, _free(takes, held_on, begins, ends))
    db.session.add(lesson)
    record(actor, Event.ADDED, lesson, cohort=cohort.id, module=module.id, teacher=teacher.id, room=room.id, starts_at=lesson.starts_at)
    _tell(actor, Notice.ADDED, lesson)
    return lesson


@transaction()
def reschedule(actor: Actor, lesson: Lesson, *, version: int, room: Room, held_on: date, begins: int, ends: int) -> None:
    """Moves a lesson to another time or room."""
    authorise(policies.can_reschedule, actor, lesson)
    expect(lesson, version)
    takes = Takes(lesson.cohort, lesson.teacher, room)
    _hold(takes)
    build_on(lesson.school_id, held_on, held_on)
    require(policies.why_not_change(lesson))
    require(policies.why_not_teach(takes, module_of=lesson.cohort.version_id))
    taken = _free(takes, held_on, begins, ends, but=lesson)
    before = lesson.starts_at
    lesson.room, lesson.room_id = room, room.id
    lesson.held_on, lesson.starts_at, lesson.ends_at, lesson.minutes = held_on, taken.starts_at, taken.ends_at, taken.minutes
    move(actor, LIFECYCLE, "reschedule", lesson)
    record(actor, Event.RESCHEDULED, lesson, room=room.id, before=before, starts_at=taken.starts_at)
    _tell(actor, Notice.RESCHEDULED, lesson, before_at=before)


@transaction()
def substitute(actor: Actor, lesson: Lesson, *, version: int, teacher: Membership) -> None:
    """Another teacher gives it."""
    authorise(policies.can_substitute, actor, lesson)
    expect(lesson, version)
    takes = Takes(lesson.cohort, teacher, lesson.room)
    _hold(takes)
    require(policies.why_not_change(lesson))
    require(policies.why_not_teach(takes, module_of=lesson.cohort.version_id))
    own = Slot(lesson.held_on, lesson.starts_at, lesson.ends_at)
    require(clashes.sentences(clashes.find(takes, [own], but=[lesson.id]), takes, zone_of(lesson.cohort)), field="teacher_id")
    former = lesson.teacher
    lesson.teacher, lesson.teacher_id = teacher, teacher.id
    move(actor, LIFECYCLE, "substitute", lesson)
    record(actor, Event.SUBSTITUTED, lesson, before=former.id, teacher=teacher.id)
    _tell(actor, Notice.SUBSTITUTED, lesson, former)


@transaction()
def cancel(actor: Actor, lesson: Lesson, *, reason: str) -> None:
    """It does not take place."""
    authorise(policies.can_cancel, actor, lesson)
    require(policies.why_not_change(lesson))
    move(actor, LIFECYCLE, "cancel", lesson, reason=reason)
    lesson.reason = reason
    record(actor, Event.CANCELLED, lesson, cohort=lesson.cohort_id, detail={"reason": reason})
    _tell(actor, Notice.CANCELLED, lesson)


@transaction()
def cancel_on_days_off(actor: System, year: AcademicYear) -> int:
    """Days off were added to a year with a timetable: the lessons to come on them are cancelled; each cohort is told once for each day."""
    days: dict[tuple[int, date], list[Lesson]] = defaultdict(list)
    for lesson, name in queries.on_days_off(actor, year.id):
        move(actor, LIFECYCLE, "cancel", lesson, reason=name)
        lesson.reason = name
        record(actor, Event.CANCELLED, lesson, cohort=lesson.cohort_id, detail={"reason": name})
        days[lesson.cohort_id, lesson.held_on].append(lesson)
    people = queries.listeners({cohort for cohort, _day in days})
    for (cohort, _day), lessons in days.items():
        teachers = [Recipient(ACCOUNT, one.teacher.account_id, one.school_id) for one in lessons]
        notify(Notice.CANCELLED, lessons[0], to=[*people.get(cohort, ()), *teachers], number=len(lessons))
    return sum(map(len, days.values()))


@transaction()
def cancel_with_cohort(actor: System, cohort: Cohort) -> int:
    """The cohort was cancelled, and with it its lessons to come; everybody in it has been told of that."""
    coming = queries.to_come(actor, cohort.id)
    for one in coming:
        move(actor, LIFECYCLE, "cancel", one, reason=cohort.state.value)
    record_each(actor, Event.CANCELLED, coming, cohort=cohort.id, because=cohort.state)
    return len(coming)


def _hold(takes: Takes) -> None:
    """Nobody else plans for the cohort, the teacher or the room meanwhile: the cohort first, the others in the order of their keys."""
    hold(takes.cohort)
    keep(takes.teacher)
    hold(takes.teacher.account, takes.room)


def _free(takes: Takes, held_on: date, begins: int, ends: int, *, but: Lesson | None = None) -> Slot:
    """That time, if it is one to teach at and nothing else is then."""
    require(policies.why_not_times(begins, ends), field="ends")
    zone = zone_of(takes.cohort)
    calendar = calendars.calendar(takes.cohort.school_id, held_on, held_on)
    require(policies.why_not_on(takes.cohort, calendar, held_on), field="held_on")
    wanted = slot(held_on, begins, ends, zone)
    require(clashes.sentences(clashes.find(takes, [wanted], but=[but.id] if but else []), takes, zone))
    return wanted


def _made(takes: Takes, module: Module, slot: Slot, *, pattern_id: int | None = None) -> Lesson:
    return Lesson(
        school_id=takes.cohort.school_id,
        cohort=takes.cohort,
        pattern_id=pattern_id,
        module=module,
        teacher=takes.teacher,
        room=takes.room,
        room_id=takes.room.id,
        held_on=slot.held_on,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        minutes=slot.minutes,
        state=State.PLANNED,
    )


def _tell(actor: Actor, notice: Notice, lesson: Lesson, *others: Membership, **facts: object) -> None:
    """The cohort and the teachers hear of a lesson that is to come, or was to come today."""
    if lesson.held_on >= clock.today(zone_of(lesson.cohort)):
        notify(notice, lesson, to=_everybody(actor, lesson.cohort, lesson.teacher, *others), **facts)


def _everybody(actor: Actor, cohort: Cohort, *teachers: Membership) -> Sequence[Recipient]:
    """Those who study in the cohort, and the teachers; whoever acts knows it already."""
    people = [Recipient(ACCOUNT, one.account_id, cohort.school_id) for one in teachers]
    me = getattr(actor, "account_id", None)
    return [*queries.listeners([cohort.id]).get(cohort.id, ()), *(one for one in people if one.id != me)]
