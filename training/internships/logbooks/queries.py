"""Finding logbook entries, and adding up their hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from training.accounts.memberships.models import Membership
from training.internships.logbooks.hours import by_week
from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.logbooks.policies import visible_to
from training.internships.logbooks.workflow import State
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.taxonomy.models import Skill

__all__ = ["by_week"]


@dataclass(frozen=True)
class Week:
    """The entries of one week of a placement, in order."""

    placement: Placement
    monday: date
    entries: Sequence[LogbookEntry]

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def minutes(self) -> int:
        """All hours of the week in minutes."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def waiting(self) -> int:
        """How many entries wait for the mentor."""
        return sum(entry.state is State.SUBMITTED for entry in self.entries)


@dataclass(frozen=True)
class Hours:
    """A placement's hours in minutes: planned, and written by state."""

    planned: int
    by_state: dict[State, int] = field(default_factory=dict)

    @property
    def countersigned(self) -> int:
        """What the mentor has signed."""
        return self.by_state.get(State.COUNTERSIGNED, 0)

    @property
    def with_mentor(self) -> int:
        """What waits for the mentor."""
        return self.by_state.get(State.SUBMITTED, 0)

    @property
    def with_trainee(self) -> int:
        """Drafts and what came back."""
        return self.by_state.get(State.DRAFT, 0) + self.by_state.get(State.RETURNED, 0)


def _whole(query: Select[LogbookEntry]) -> Select[LogbookEntry]:
    stay = joinedload(LogbookEntry.placement)
    return query.options(
        joinedload(LogbookEntry.skill),
        stay.joinedload(Placement.trainee),
        stay.joinedload(Placement.employer),
        stay.joinedload(Placement.opening),
        stay.joinedload(Placement.mentor).joinedload(Membership.account),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), LogbookEntry.id)


def entry(actor: Actor, entry_id: int) -> LogbookEntry:
    """One entry with its placement and people."""
    return _BY_ID.one(actor, key=entry_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, LogbookEntry]:
    """Those entries of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(LogbookEntry.id.in_(ids)))


def weeks(actor: Actor, placement: Placement) -> list[Week]:
    """A placement's entries by week, the newest week first: one statement."""
    query = visible_to(actor).where(LogbookEntry.placement_id == placement.id).options(joinedload(LogbookEntry.skill))
    by_week: dict[date, list[LogbookEntry]] = {}
    for one in db.session.scalars(query.order_by(LogbookEntry.worked_on, LogbookEntry.number)):
        by_week.setdefault(one.monday, []).append(one)
    return [Week(placement, monday, by_week[monday]) for monday in sorted(by_week, reverse=True)]


def week(actor: Actor, placement_id: int, monday: str) -> Week:
    """One week of a placement, by its Monday as `2026-06-15`."""
    try:
        first = monday_of(date.fromisoformat(monday))
    except ValueError:
        raise NotFound from None
    placement = placements.placement(actor, placement_id)
    query = _whole(visible_to(actor)).where(LogbookEntry.placement_id == placement.id, LogbookEntry.worked_on.between(first, _end(first)))
    return Week(placement, first, db.session.scalars(query.order_by(LogbookEntry.worked_on, LogbookEntry.number)).all())


def waiting_beside(week: Week) -> tuple[int, date] | None:
    """How many entries of the placement's other weeks wait for the mentor, and the Monday of the first; None when there are none."""
    waits = (LogbookEntry.placement_id == week.placement.id, LogbookEntry.state == State.SUBMITTED)
    query = select(func.count(), func.min(LogbookEntry.worked_on)).where(*waits, ~LogbookEntry.worked_on.between(week.monday, week.sunday))
    number, first = db.session.execute(query).one()
    return (number, monday_of(first)) if number else None


def waiting_in(placement: Placement, monday: date) -> Sequence[LogbookEntry]:
    """The entries of a week that wait for the mentor, locked for the running transaction."""
    query = (
        select(LogbookEntry)
        .where(
            LogbookEntry.placement_id == placement.id,
            LogbookEntry.worked_on.between(monday, _end(monday)),
            LogbookEntry.state == State.SUBMITTED,
        )
        .with_for_update(of=LogbookEntry, key_share=True)
        .execution_options(populate_existing=True)
    )
    entries = db.session.scalars(query.order_by(LogbookEntry.id)).all()
    for one in entries:
        set_committed_value(one, "placement", placement)
    return entries


def _end(monday: date) -> date:
    return monday + timedelta(days=6)


def hours_of(placement: Placement) -> Hours:
    """What has been written and countersigned against the plan: one statement."""
    query = select(LogbookEntry.state, func.sum(LogbookEntry.minutes)).where(LogbookEntry.placement_id == placement.id)
    return Hours(placement.planned_minutes, {state: int(total) for state, total in db.session.execute(query.group_by(LogbookEntry.state))})


def signed_by_skill(placement: Placement) -> Sequence[tuple[int, int]]:
    """The countersigned minutes of a placement by skill, of those entries that name one: one statement."""
    query = select(LogbookEntry.skill_id, func.sum(LogbookEntry.minutes)).where(LogbookEntry.placement_id == placement.id)
    query = query.where(LogbookEntry.state == State.COUNTERSIGNED, LogbookEntry.skill_id.is_not(None))
    rows = db.session.execute(query.group_by(LogbookEntry.skill_id).order_by(LogbookEntry.skill_id))
    return [(skill, int(minutes)) for skill, minutes in rows if skill is not None]


def minutes_around(placement: Placement, worked_on: date, *, but: int | None = None) -> tuple[int, int]:
    """The minutes already written for that day and for its week; `but` leaves one entry aside."""
    monday = monday_of(worked_on)
    query = select(LogbookEntry.worked_on, LogbookEntry.minutes).where(
        LogbookEntry.placement_id == placement.id, LogbookEntry.worked_on.between(monday, _end(monday))
    )
    rows = db.session.execute(query.where(LogbookEntry.id != but) if but is not None else query).all()
    return sum(minutes for day, minutes in rows if day == worked_on), sum(minutes for _day, minutes in rows)


def next_number(placement: Placement, worked_on: date) -> int:
    """The place of a further entry among those of a day."""
    query = select(func.max(LogbookEntry.number)).where(LogbookEntry.placement_id == placement.id, LogbookEntry.worked_on == worked_on)
    return (db.session.scalar(query) or 0) + 1


def unfinished(placement: Placement) -> int:
    """How many entries are not countersigned."""
    query = select(func.count()).where(LogbookEntry.placement_id == placement.id, LogbookEntry.state != State.COUNTERSIGNED)
    return db.session.scalar(query) or 0


def skills_for(placement: Placement) -> list[Skill]:
    """The skills that entries of a placement can name."""
    return [skill for skill, _level in asked_of(placement)]
