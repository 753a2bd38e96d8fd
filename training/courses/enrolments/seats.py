"""Taking and freeing seats: conditional updates of one row, so that seats held never exceed seats."""

from collections.abc import Sequence

from sqlalchemy import update

from training.courses.cohorts.models import SeatPool
from training.kernel.db import db


def take(pool: SeatPool) -> bool:
    """Takes one seat of the pool, if one is free at this very moment."""
    statement = update(SeatPool).where(SeatPool.id == pool.id, SeatPool.held < SeatPool.seats).values(held=SeatPool.held + 1)
    return _done(statement)


def take_many(pool_id: int, number: int) -> bool:
    """Takes so many seats of the pool, if all of them are free at this very moment."""
    enough = (SeatPool.id == pool_id, SeatPool.held + number <= SeatPool.seats)
    return _done(update(SeatPool).where(*enough).values(held=SeatPool.held + number))


def take_first(pools: Sequence[SeatPool]) -> SeatPool | None:
    """Takes a seat in the first of the pools that has one."""
    return next((pool for pool in pools if take(pool)), None)


def free(pool_id: int) -> None:
    """Gives one seat back; the pool's row stays locked until the transaction ends, so nobody slips past the queue."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.held > 0).values(held=SeatPool.held - 1))


def take_several(pool_id: int, number: int) -> bool:
    """Takes so many seats of the pool, all or none, if they are free at this very moment."""
    pool = (SeatPool.id == pool_id, SeatPool.held + number <= SeatPool.seats)
    return _done(update(SeatPool).where(*pool).values(held=SeatPool.held + number))


def free_several(pool_id: int, number: int) -> None:
    """Gives so many seats back; as with one, the pool's row stays locked until the transaction ends."""
    _done(update(SeatPool).where(SeatPool.id == pool_id, SeatPool.held >= number).values(held=SeatPool.held - number))


def _done(statement: object) -> bool:
    changed = db.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]
    return bool(changed.rowcount)
