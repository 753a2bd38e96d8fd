"""What stands in the way of lessons: the room, the teacher or the cohort has another one then."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from training.accounts.memberships.models import Membership
from training.courses.cohorts.models import Cohort
from training.courses.lessons.models import Lesson
from training.courses.lessons.slots import Slot
from training.courses.lessons.workflow import State
from training.courses.programmes.models import Module
from training.courses.rooms.models import Room
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l, format_date, format_time

MOST = 8
"""Clashes that a refusal names; the others are counted."""


@dataclass(frozen=True)
class Takes:
    """Whom and what lessons need for themselves."""

    cohort: Cohort
    teacher: Membership
    room: Room


@dataclass(frozen=True)
class Clash:
    """Another lesson at the time of one: whose it is, and what it shares with that."""

    starts_at: datetime
    ends_at: datetime
    module: str
    cohort: str
    room: bool
    teacher: bool
    same_cohort: bool
    elsewhere: bool
    """At another school, whose timetable is not told here."""

    def sentence(self, takes: Takes, zone: str) -> LazyString:
        """Who or what has which lesson then."""
        first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (self.starts_at, self.ends_at))
        when = {"times": f"{format_time(first)}–{format_time(last)}", "day": format_date(first.date(), relative=False)}
        lesson = {"module": self.module, "cohort": self.cohort, **when}
        if self.room:
            return _l("%(room)s has %(module)s, cohort %(cohort)s then, %(times)s on %(day)s.", room=takes.room.name, **lesson)
        if self.same_cohort:
            return _l("Cohort %(cohort)s has %(module)s then, %(times)s on %(day)s.", **lesson)
        if self.elsewhere:
            return _l("%(teacher)s teaches at another school then, %(times)s on %(day)s.", teacher=takes.teacher.name, **when)
        return _l("%(teacher)s has %(module)s, cohort %(cohort)s then, %(times)s on %(day)s.", teacher=takes.teacher.name, **lesson)


def find(takes: Takes, slots: Sequence[Slot], *, but: Collection[int] = ()) -> Sequence[Clash]:
    """The lessons that stand in the way of any of these times, in their order: one statement."""
    if not slots:
        return []
    person = select(Membership.id).where(Membership.account_id == takes.teacher.account_id)
    query = (
        select(
            Lesson.starts_at,
            Lesson.ends_at,
            Lesson.room_id,
            Lesson.cohort_id,
            Lesson.school_id,
            Module.title,
            Cohort.code,
            Membership.account_id,
        )
        .join(Lesson.module)
        .join(Cohort, Cohort.id == Lesson.cohort_id)
        .join(Lesson.teacher)
        .where(
            Lesson.state == State.PLANNED,
            or_(Lesson.room_id == takes.room.id, Lesson.cohort_id == takes.cohort.id, Lesson.teacher_id.in_(person)),
            Lesson.starts_at < max(one.ends_at for one in slots),
            Lesson.ends_at > min(one.starts_at for one in slots),
            Lesson.id.not_in(but),
        )
        .order_by(Lesson.starts_at, Lesson.id)
    )
    return [
        Clash(
            starts_at,
            ends_at,
            module,
            code,
            room=room_id == takes.room.id,
            teacher=account_id == takes.teacher.account_id,
            same_cohort=cohort_id == takes.cohort.id,
            elsewhere=school_id != takes.cohort.school_id,
        )
        for starts_at, ends_at, room_id, cohort_id, school_id, module, code, account_id in db.session.execute(query)
        if any(one.meets(starts_at, ends_at) for one in slots)
    ]


def sentences(found: Sequence[Clash], takes: Takes, zone: str) -> list[str | LazyString]:
    """The first of them by name, and how many there are besides."""
    told: list[str | LazyString] = [one.sentence(takes, zone) for one in found[:MOST]]
    if len(found) > MOST:
        told.append(_l("Further lessons in the way: %(number)d.", number=len(found) - MOST))
    return told
