"""Taking and freeing seats: conditional updates of one row, so that seats held and promised never exceed seats."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, update

from training.courses.cohorts.models import SeatPool
from training.kernel.db import db

_POOL: Any = SeatPool.__table__
_FREE = _POOL.c.seats - _POOL.c.held - _POOL.c.promised
_TAKE = update(_POOL).where(_POOL.c.id == bindparam("pool"), _FREE > 0).values(held=_POOL.c.held + 1)
"""What everybody who applies comes to, so it is built once."""
_KEPT = case((SeatPool.employer_id.is_(None), 0), else_=SeatPool.promised)
"""What stays promised when a seat becomes free: an employer's word; what was gathered for a team is given out anew by whoever promotes next."""


def take(pool: SeatPool) -> bool:
    """Takes one seat of the pool, if one is free at this very moment."""
    return bool(db.session.connection().execute(_TAKE, {"pool": pool.id}).rowcount)


def take_first(pools: Sequence[SeatPool]) -> SeatPool | None:
    """Takes a seat in the first of the pools that has one."""
    return next((pool for pool in pools if take(pool)), None)


def free(pool_id: int) -> None:
    """Gives one seat back; the pool's row stays locked until the transaction ends, so nobody slips past the queue."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.held > 0).values(held=SeatPool.held - 1, promised=_KEPT))


def take_several(pool_id: int, number: int) -> bool:
    """Takes so many seats of the pool, all or none, if they are free at this very moment."""
    return _done(update(SeatPool).where(SeatPool.id == pool_id, _free() >= number).values(held=SeatPool.held + number))


def free_several(pool_id: int, number: int) -> None:
    """Gives so many seats back; as with one, the pool's row stays locked until the transaction ends."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.held >= number).values(held=SeatPool.held - number, promised=_KEPT))


def promise(pool_id: int, number: int) -> bool:
    """Keeps so many seats of an employer's for people it names, if they are all free at this very moment."""
    statement = update(SeatPool).where(SeatPool.id == pool_id, _free() >= number).values(promised=SeatPool.promised + number)
    return _done(statement)


def gather(pool_id: int) -> None:
    """Every free seat of the pool is kept for the team at the head of its queue, which needs more than there are."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, _free() > 0).values(promised=SeatPool.seats - SeatPool.held))


def scatter(pool_id: int) -> None:
    """What was gathered for a team is free; the pool's row stays locked until the transaction ends, for whoever promotes next."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.employer_id.is_(None)).values(promised=0))


def let_go(pool_id: int, number: int = 1) -> None:
    """Promised seats are the employer's to promise again."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.promised >= number).values(promised=SeatPool.promised - number))


def take_promised(pool_id: int) -> bool:
    """A promised seat is held from now on, if it is promised still."""
    values = {"promised": SeatPool.promised - 1, "held": SeatPool.held + 1}
    return _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.promised > 0).values(values))


def add(pool_id: int, number: int) -> None:
    """The pool has so many seats more."""
    _done(update(SeatPool).where(SeatPool.id == pool_id).values(seats=SeatPool.seats + number, promised=_KEPT))


def take_away(pool_id: int, number: int) -> bool:
    """The pool has so many seats fewer, if they are all free at this very moment."""
    return _done(update(SeatPool).where(SeatPool.id == pool_id, _free() >= number).values(seats=SeatPool.seats - number))


def _free() -> ColumnElement[int]:
    return SeatPool.seats - SeatPool.held - SeatPool.promised


def _done(statement: object) -> bool:
    changed = db.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]
    return bool(changed.rowcount)
