"""What is waiting, with whatever the list needs to say about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.queries import parties_of
from training.insights.home.asks import ASKS
from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.placements.models import Placement
from training.internships.placements.policies import visible_to as placements_seen
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _, current_zone, format_moment, format_range, ngettext
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Learner, Member, Role
from training.kernel.wiring import wired
from training.turns import queries as turns
from training.turns.models import OpenTurn

SOON = timedelta(days=2)
SHOWN = 20
"""Things on one page of a home."""

_DAYS = and_(OpenTurn.subject_kind == "logbook_entry", OpenTurn.verb == "countersign", OpenTurn.subject_id == LogbookEntry.id)
_LINE = func.coalesce(-LogbookEntry.placement_id, OpenTurn.id)
"""What an open move stands under: a line of its own, or (below zero) that of the placement whose days wait to be countersigned."""
COUNT = (
    select(func.count(_LINE.distinct()))
    .select_from(OpenTurn)
    .outerjoin(LogbookEntry, _DAYS)
    .where(turns.concerns(bindparam("parties", expanding=True), bindparam("mine"), bindparam("me")))
)
"""Asked on every page inside, so it is built once."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the actor: what, about which record, until when, and where to do it."""

    title: str
    detail: str
    due_at: datetime | None
    url: str | None = None
    week: tuple[int, date] | None = None
    """Of days that wait to be countersigned: the placement, and the Monday of the first."""

    @property
    def due(self) -> str | None:
        """The deadline in words."""
        return format_moment(self.due_at, zone=current_zone()) if self.due_at else None

    @property
    def level(self) -> str | None:
        """`late` when its time is over, `soon` within two days."""
        if self.due_at is None or self.due_at - clock.now() > SOON:
            return None
        return "late" if self.due_at < clock.now() else "soon"


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles in which somebody acts."""
    return actor.roles if isinstance(actor, Member) else frozenset()


def account_of(actor: Actor) -> int:
    """The account of somebody who has a home; 0 for all others, whose list is empty."""
    return actor.account_id if isinstance(actor, Member | Learner) else 0


def count(actor: Actor, parties: turns.Parties) -> int:
    """How many lines the actor's list of waiting things has: one statement."""
    asked = {"parties": list(parties), "mine": turns.bits(roles_of(actor)), "me": account_of(actor)}
    return db.session.scalar(COUNT, asked) or 0


def waiting(actor: Actor, wanted: Wanted) -> Slice[Waiting]:
    """A page of what waits for the actor, nearest deadline first; the days of one placement's logbook are one line."""
    query = turns.waiting_for(parties_of(actor), roles_of(actor), me=account_of(actor)).outerjoin(LogbookEntry, _DAYS)
    due, day = func.min(OpenTurn.due_at), LogbookEntry.worked_on
    lines: Any = query.with_only_columns(
        _LINE.label("line"),
        due.label("due_at"),
        func.min(day).label("first_on"),
        func.max(day).label("last_on"),
        func.count(day.distinct()).label("days"),
    ).group_by(_LINE)
    page: Slice[Any] = paged(lines, wanted, due.is_(None), due, _LINE, entities=False, size=SHOWN)
    single = {turn.id: turn for turn in db.session.scalars(select(OpenTurn).where(OpenTurn.id.in_([row.line for row in page.rows])))}
    stays = _stays(actor, [-row.line for row in page.rows if row.line < 0])
    kinds = wired().kinds
    keys: dict[str, set[int]] = {}
    for turn in single.values():
        keys.setdefault(turn.subject_kind, set()).add(turn.subject_id)
    seen = {name: kinds[name].seen(actor, ids) for name, ids in keys.items()}
    found = [_turn(actor, single[row.line], seen) if row.line > 0 else _days(row, stays.get(-row.line)) for row in page.rows]
    return Slice(found, page.total, page.number, page.size)


def _stays(actor: Actor, ids: Collection[int]) -> dict[int, Placement]:
    query = placements_seen(actor).where(Placement.id.in_(ids)).options(joinedload(Placement.trainee))
    return {placement.id: placement for placement in db.session.scalars(query)} if ids else {}


def _turn(actor: Actor, turn: OpenTurn, seen: Mapping[str, Mapping[int, Any]]) -> Waiting:
    kind, title = wired().kinds[turn.subject_kind], str(ASKS[turn.subject_kind, turn.verb])
    subject = seen[turn.subject_kind].get(turn.subject_id)
    if subject is None:
        return Waiting(title, _("About something that is not open to you any more."), turn.due_at)
    return Waiting(title, kind.title(subject), turn.due_at, url=kind.url(actor, subject))


def _days(row: Any, placement: Placement | None) -> Waiting:
    """The days of one logbook that wait for its mentor, leading to the week of the first."""
    title = ngettext("Countersign %(num)s day of the logbook", "Countersign %(num)s days of the logbook", row.days)
    if placement is None:
        return Waiting(title, _("About something that is not open to you any more."), row.due_at)
    detail = f"{placement.trainee.name}: {format_range(row.first_on, row.last_on)}"
    return Waiting(title, detail, row.due_at, week=(placement.id, monday_of(row.first_on)))
