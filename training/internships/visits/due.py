"""The placements that a visit is due for: too long without one, or one was wanted by a day that has come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits.models import WEEKS, Visit, VisitCadence
from training.internships.visits.workflow import HAPPENED, State
from training.kernel import clock
from training.kernel.db import db
from training.turns.models import OpenTurn

VERB = "visit"
"""What the school is asked to do with such a placement."""
AHEAD = timedelta(days=7)
"""How long before the day it is asked: time to find an hour that suits everybody."""


@dataclass(frozen=True)
class Due:
    """A placement that a visit is due for: when the last one was, and by which day the next is."""

    placement: Placement
    last_at: datetime | None
    due_on: date

    @property
    def id(self) -> int:
        """The placement's."""
        return self.placement.id


def needed(weeks: int) -> ColumnElement[bool]:
    """Whether an active placement has no visit planned, and none for so many weeks (or a follow-up is due), with a week's notice."""
    later = aliased(Visit)
    before = clock.now() + AHEAD - timedelta(weeks=weeks)
    mine = Visit.placement_id == Placement.id
    planned = exists().where(mine, Visit.state == State.PLANNED)
    seen = exists().where(mine, Visit.state.in_(HAPPENED), Visit.starts_at > before)
    followed = exists().where(later.placement_id == Placement.id, later.state.in_(HAPPENED), later.starts_at > Visit.starts_at)
    wanted = exists().where(mine, Visit.state.in_(HAPPENED), Visit.follow_up_on <= clock.today() + AHEAD, ~followed)
    return and_(
        Placement.state == PlacementState.ACTIVE,
        ~planned,
        or_(and_(Placement.starts_on <= clock.day_of(before), ~seen), wanted),
    )


def everywhere() -> ColumnElement[bool]:
    """The same for the placements of every school, each by its own number of weeks."""
    paces: dict[int, list[int]] = {}
    for school_id, weeks in db.session.execute(select(VisitCadence.school_id, VisitCadence.weeks).order_by(VisitCadence.school_id)):
        paces.setdefault(weeks, []).append(school_id)
    own = [key for keys in paces.values() for key in keys]
    by_pace = [and_(Placement.school_id.in_(keys), needed(weeks)) for weeks, keys in paces.items()]
    return or_(false(), *by_pace, and_(Placement.school_id.not_in(own), needed(WEEKS)))


def unasked(school_id: int | None = None) -> Sequence[Placement]:
    """The placements that a visit is due for and whose school has not been asked yet."""
    asked = exists().where(OpenTurn.subject_kind == "placement", OpenTurn.subject_id == Placement.id, OpenTurn.verb == VERB)
    query = select(Placement).where(everywhere(), ~asked).options(joinedload(Placement.school))
    if school_id is not None:
        query = query.where(Placement.school_id == school_id)
    return db.session.scalars(query.order_by(Placement.id).limit(5_000)).all()


def dated(placements: Collection[Placement]) -> Sequence[Due]:
    """The placements with the day by which each is to be visited: two statements."""
    ids, schools = [one.id for one in placements], {one.school_id for one in placements}
    paces = db.session.execute(select(VisitCadence.school_id, VisitCadence.weeks).where(VisitCadence.school_id.in_(schools)))
    weeks = {key: number for key, number in paces}  # noqa: C416 - a result is no sequence of pairs to mypy
    last = _last(ids)
    found = []
    for one in placements:
        last_at, wanted_on = last.get(one.id, (None, None))
        first = clock.day_of(last_at) if last_at is not None else one.starts_on
        usual = first + timedelta(weeks=weeks.get(one.school_id, WEEKS))
        found.append(Due(one, last_at, min(usual, wanted_on) if wanted_on is not None else usual))
    return found


def _last(ids: Collection[int]) -> Mapping[int, tuple[datetime, date | None]]:
    """When each placement was visited last, and by when that visitor wanted the next."""
    newest = (
        select(Visit.placement_id, func.max(Visit.starts_at).label("at"))
        .where(Visit.placement_id.in_(ids), Visit.state.in_(HAPPENED))
        .group_by(Visit.placement_id)
        .subquery()
    )
    query = select(Visit.placement_id, Visit.starts_at, Visit.follow_up_on).join(
        newest, and_(newest.c.placement_id == Visit.placement_id, newest.c.at == Visit.starts_at)
    )
    rows = db.session.execute(query.where(Visit.state.in_(HAPPENED)).order_by(Visit.id)) if ids else ()
    return {key: (at, wanted) for key, at, wanted in rows}
