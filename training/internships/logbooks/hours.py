"""A placement's hours week by week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func

from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.logbooks.policies import visible_to
from training.internships.logbooks.workflow import State
from training.internships.placements.models import Placement
from training.kernel.db import db
from training.kernel.policy import Actor


@dataclass(frozen=True)
class Total:
    """The hours of one week in minutes: what the mentor has signed, and what waits for the mentor."""

    monday: date
    countersigned: int = 0
    waiting: int = 0

    @property
    def minutes(self) -> int:
        """Both together."""
        return self.countersigned + self.waiting


def by_week(actor: Actor, placement: Placement) -> list[Total]:
    """Every week from the first to the last that has hours, those without any between them too; empty without hours: one statement."""
    query: Any = visible_to(actor).where(
        LogbookEntry.placement_id == placement.id, LogbookEntry.state.in_([State.COUNTERSIGNED, State.SUBMITTED])
    )
    query = query.with_only_columns(LogbookEntry.worked_on, LogbookEntry.state, func.sum(LogbookEntry.minutes))
    signed: dict[date, int] = {}
    sent: dict[date, int] = {}
    for day, state, minutes in db.session.execute(query.group_by(LogbookEntry.worked_on, LogbookEntry.state)):
        weeks = signed if state is State.COUNTERSIGNED else sent
        weeks[monday_of(day)] = weeks.get(monday_of(day), 0) + int(minutes)
    mondays = sorted({*signed, *sent})
    if not mondays:
        return []
    every = range((mondays[-1] - mondays[0]).days // 7 + 1)
    return [
        Total(monday, signed.get(monday, 0), sent.get(monday, 0)) for monday in (mondays[0] + timedelta(weeks=number) for number in every)
    ]
