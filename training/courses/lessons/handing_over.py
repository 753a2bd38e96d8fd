"""How the lessons that somebody gives pass to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection

from sqlalchemy import Select, select, update

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.courses.cohorts.queries import zone_of
from training.courses.lessons import clashes, queries
from training.courses.lessons.clashes import Takes
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.lessons.slots import Slot
from training.courses.lessons.workflow import Event, Notice, State
from training.kernel import clock
from training.kernel.db import db, hold
from training.kernel.policy import Actor, Role, require
from training.notices.services import notify

TEACHERS = frozenset({Role.TEACHER})


def given_by(membership_ids: Collection[int]) -> Select[int, int]:
    """The lessons still to be given, as pairs with the memberships that give them."""
    coming = (Lesson.state == State.PLANNED, Lesson.starts_at > clock.now())
    return select(Lesson.teacher_id, Lesson.id).where(Lesson.teacher_id.in_(membership_ids), *coming)


def give(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other gives all of these lessons now; NotNow when they have another one at the time. Each cohort is told once."""
    hold(taker.account)
    ids = given_by([giver.id]).with_only_columns(Lesson.id)
    query = queries.with_people(select(Lesson).where(Lesson.id.in_(ids))).order_by(Lesson.starts_at, Lesson.id)
    found = db.session.scalars(query.execution_options(populate_existing=True)).all()
    first: dict[int, Lesson] = {}
    for one in found:
        first.setdefault(one.cohort_id, one)
        one.teacher, one.teacher_id = taker, taker.id
        record(actor, Event.HANDED_OVER, one, cohort=one.cohort_id, teacher=taker.id)
    _refuse_clashes(found, taker)
    going = update(LessonPattern).where(LessonPattern.teacher_id == giver.id, LessonPattern.until_on >= clock.today())
    now = going.values(teacher_id=taker.id, version=LessonPattern.version + 1)
    db.session.execute(now.execution_options(synchronize_session=False))
    people = queries.listeners(first)
    for cohort_id, one in first.items():
        notify(Notice.HANDED_OVER, one, to=people.get(cohort_id, ()), since_on=one.held_on)
    return len(found)


def _refuse_clashes(lessons: Collection[Lesson], taker: Membership) -> None:
    """Nobody is in two places at once: the lessons that pass over are looked at beside those that the colleague gives already."""
    if not lessons:
        return
    one = next(iter(lessons))
    takes, zone = Takes(one.cohort, taker, one.room), zone_of(one.cohort)
    times = [Slot(each.held_on, each.starts_at, each.ends_at) for each in lessons]
    others = clashes.find(takes, times, but=[each.id for each in lessons])
    require(clashes.sentences([each for each in others if each.teacher], takes, zone))
