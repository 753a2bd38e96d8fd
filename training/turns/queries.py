"""What is waiting, for whom, and with whom a record is now."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_

from training.kernel.db import Record, db
from training.kernel.policy import Role
from training.turns.models import OpenTurn

Parties = Sequence[tuple[str, int]]


def bits(roles: Iterable[Role]) -> int:
    """A set of roles as open moves keep it."""
    return sum(role.bit for role in roles)


def concerns(parties: Any, mine: Any, me: Any) -> ColumnElement[bool]:
    """Whether an open move is one of these parties', and concerns one of the roles in `mine` (or everybody) and the account `me`.

    Each is a value, or a parameter for it.
    """
    return and_(
        tuple_(OpenTurn.party_kind, OpenTurn.party_id).in_(parties),
        or_(OpenTurn.roles == 0, OpenTurn.roles.op("&")(mine) != 0),
        or_(OpenTurn.but_account_id.is_(None), OpenTurn.but_account_id != me),
    )


def waiting_for(parties: Parties, roles: Iterable[Role] = (), *, me: int = 0) -> Select[OpenTurn]:
    """The open moves of these parties that concern one of the roles (or everybody) and the account `me` (0: any), unordered."""
    return select(OpenTurn).where(concerns(parties, bits(roles), me))


def waiting(parties: Parties, roles: Iterable[Role] = (), *, me: int = 0, limit: int = 50) -> Sequence[OpenTurn]:
    """The open moves, nearest deadline first, those without one last."""
    query = waiting_for(parties, roles, me=me).order_by(OpenTurn.due_at.is_(None), OpenTurn.due_at, OpenTurn.id)
    return db.session.scalars(query.limit(limit)).all()


def of(subject: Record) -> Sequence[OpenTurn]:
    """The open moves of a record: with whom it is now."""
    query = select(OpenTurn).where(OpenTurn.subject_kind == subject.__tablename__, OpenTurn.subject_id == subject.id)
    return db.session.scalars(query.order_by(OpenTurn.since_at, OpenTurn.id)).all()
