"""Flask-Limiter with its counters in the application's own database, so that all processes count together."""

import time
from collections.abc import Collection
from datetime import timedelta
from typing import Any, cast

from flask import g, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy import Table, case, delete, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from training.kernel import clock
from training.kernel.db import db
from training.kernel.db.engine import WRITING
from training.kernel.receipts import LimitCounter

COUNTER = cast(Table, LimitCounter.__table__)


def whence() -> str:
    """Whose tries are counted together: the account, or the address that asks."""
    account = g.get("account")
    return f"account {account.id}" if account is not None else f"address {request.remote_addr}"


limiter = Limiter(whence, storage_uri="cadre://", strategy="fixed-window", headers_enabled=False)


class DatabaseStorage(Storage):
    """Fixed windows as rows, moved by one upsert in a transaction of its own."""

    STORAGE_SCHEME = ["cadre"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        """Uses the running application's engine."""
        super().__init__(uri, wrap_exceptions, **options)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing is swallowed."""
        return Exception

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts `amount` under the key, whose window of `expiry` seconds begins anew when it is over."""
        now = clock.now()
        until = now + timedelta(seconds=expiry)
        upsert = postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
        over = COUNTER.c.until_at <= now
        fresh = upsert(COUNTER).values(key=key[:240], count=amount, until_at=until)
        from_zero = fresh.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((over, amount), else_=COUNTER.c.count + amount),
                "until_at": case((over, until), else_=COUNTER.c.until_at),
            },
        ).returning(COUNTER.c.count)
        with db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            return int(connection.execute(from_zero).scalar_one())

    def get(self, key: str) -> int:
        """The present count."""
        with db.engine.connect() as connection:
            return int(connection.scalar(select(COUNTER.c.count).where(COUNTER.c.key == key[:240], COUNTER.c.until_at > clock.now())) or 0)

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since the epoch."""
        with db.engine.connect() as connection:
            until = connection.scalar(select(COUNTER.c.until_at).where(COUNTER.c.key == key[:240]))
        return until.timestamp() if until else time.time()

    def check(self) -> bool:
        """It works whenever the database does."""
        return True

    def reset(self) -> int | None:
        """Forgets all counts."""
        with db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            return connection.execute(delete(COUNTER)).rowcount

    def clear(self, key: str) -> None:
        """Forgets one count."""
        with db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            connection.execute(delete(COUNTER).where(COUNTER.c.key == key[:240]))


def forget_keys(marks: Collection[str]) -> int:
    """Forgets the counts under somebody's names, inside the running transaction; returns how many."""
    if not any(marks):
        return 0
    theirs = or_(*(COUNTER.c.key.contains(mark, autoescape=True) for mark in marks if mark))
    return len(db.session.scalars(delete(COUNTER).where(theirs).returning(COUNTER.c.id)).all())
