"""What is waiting, for whom, and with whom a record is now."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, bindparam, func, or_, select, tuple_

from training.kernel.db import Record, db
from training.kernel.policy import Role
from training.turns.models import OpenTurn

Parties = Sequence[tuple[str, int]]

COUNT = select(func.count()).where(
    tuple_(OpenTurn.party_kind, OpenTurn.party_id).in_(bindparam("parties", expanding=True)),
    or_(OpenTurn.roles == 0, OpenTurn.roles.op("&")(bindparam("mine")) != 0),
)
"""Asked on every page inside, so it is built once."""


def waiting_for(parties: Parties, roles: Iterable[Role] = ()) -> Select[OpenTurn]:
    """The open moves of these parties that concern one of the roles (or everybody), unordered."""
    mine = sum(role.bit for role in roles)
    return select(OpenTurn).where(
        tuple_(OpenTurn.party_kind, OpenTurn.party_id).in_(parties),
        or_(OpenTurn.roles == 0, OpenTurn.roles.op("&")(mine) != 0),
    )


def waiting(parties: Parties, roles: Iterable[Role] = (), limit: int = 50) -> Sequence[OpenTurn]:
    """The open moves, nearest deadline first, those without one last."""
    query = waiting_for(parties, roles).order_by(OpenTurn.due_at.is_(None), OpenTurn.due_at, OpenTurn.id)
    return db.session.scalars(query.limit(limit)).all()


def count_waiting(parties: Parties, roles: Iterable[Role] = ()) -> int:
    """How many open moves these parties have."""
    return db.session.scalar(COUNT, {"parties": list(parties), "mine": sum(role.bit for role in roles)}) or 0


def of(subject: Record) -> Sequence[OpenTurn]:
    """The open moves of a record: with whom it is now."""
    query = select(OpenTurn).where(OpenTurn.subject_kind == subject.__tablename__, OpenTurn.subject_id == subject.id)
    return db.session.scalars(query.order_by(OpenTurn.since_at, OpenTurn.id)).all()
