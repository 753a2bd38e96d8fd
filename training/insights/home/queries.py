"""What is waiting, with whatever the list needs to say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.accounts.memberships.queries import parties_of
from training.insights.home.asks import ASKS
from training.kernel import clock
from training.kernel.db import NotFound
from training.kernel.i18n import current_zone, format_moment
from training.kernel.policy import Actor, Member
from training.kernel.wiring import wired
from training.turns import queries as turns
from training.turns.models import OpenTurn

SOON = timedelta(days=2)
SHOWN = 20
"""Things shown on a home page; the rest is counted."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the actor: what, about which record, until when, and where to do it."""

    turn: OpenTurn
    title: str
    detail: str
    url: str
    due_at: datetime | None

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


def waiting(actor: Actor) -> tuple[Sequence[Waiting], int]:
    """The nearest things that wait for the actor, and how many there are in all."""
    parties, roles = parties_of(actor), actor.roles if isinstance(actor, Member) else frozenset()
    found = []
    for turn in turns.waiting(parties, roles, limit=SHOWN):
        kind = wired().kinds[turn.subject_kind]
        try:
            subject = kind.find(actor, turn.subject_id)
        except NotFound:
            continue
        title = kind.title(subject)
        found.append(Waiting(turn, str(ASKS[turn.subject_kind, turn.verb]), title, kind.url(actor, subject), turn.due_at))
    return found, turns.count_waiting(parties, roles)
