"""Engines and sessions, with the SQLite settings that the promises rest on."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from inspect import iscoroutinefunction
from math import inf
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from training.kernel.db.beside import NAME as BESIDE


class Database(SQLAlchemy):
    """The extension without its asynchronous half, which we do not use and whose closing takes an event loop at the end of every request."""

    def init_app(self, app: App) -> None:
        """As the extension does it; only the sessions that there are get closed."""
        super().init_app(app)
        app.teardown_appcontext_funcs[:] = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]


READING = "reading"
"""Set in a session's `info` while it answers a page: it only reads, until a writing transaction begins."""


class PageSession(Session):
    """A session that, on a server and while a page only reads, asks each statement by itself.

    At READ COMMITTED, which is where everything else runs, a transaction around reading statements changes nothing in what
    they see; it costs two of the seven times that a small page waits for the server.
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """The engine, or its twin without transactions."""
        bind = super().get_bind(*args, **kwargs)
        return _alone.get(bind, bind) if self.info.get(READING) else bind


_alone: WeakKeyDictionary[Any, Engine] = WeakKeyDictionary()
"""The twins of engines whose statements stand alone; those of files have none, where a transaction costs nothing."""

db = Database(session_options={"expire_on_commit": False, "class_": PageSession})
"""The sessions of the application: one a request, a job or a command."""

WRITING = "cadre_writing"
"""The execution option of a connection whose transaction will write; HASTY when it need not outlast a power cut."""
HASTY = "hasty"


RESTED = 5.0
"""Seconds after which a connection to a server is asked whether it is still there; those in steady use are not."""


def listen(engine: Engine) -> None:
    """Sets up the engine for its kind of database."""
    if engine.dialect.name == "sqlite":
        _listen_to_file(engine)
    else:
        _listen_to_server(engine)


def _listen_to_server(engine: Engine) -> None:
    """Connections that have rested are tried before they are given out; hasty transactions do not wait for the disk."""
    _alone[engine] = engine.execution_options(isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "checkin")
    def rest(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["resting_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def rouse(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if monotonic() - record.info.get("resting_since", inf) > RESTED:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    @event.listens_for(engine, "begin")
    def relax(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITING) == HASTY:
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def _listen_to_file(engine: Engine) -> None:
    """SQLite: write-ahead log, full synchronisation (but not where what is unfinished is thrown away), foreign keys, and our own BEGIN."""
    synchronous = "OFF" if str(engine.url.database).endswith(BESIDE) else "FULL"

    @event.listens_for(engine, "connect")
    def settings(connection: SQLiteConnection, record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-4000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        writes = connection.get_execution_options().get(WRITING)
        if not writes:
            driver.execute("BEGIN")  # said to the driver itself: every page begins with it, and it cannot fail
            return
        driver.execute(f"PRAGMA synchronous={'NORMAL' if writes == HASTY and synchronous == 'FULL' else synchronous}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def writers_queue(engine: Engine) -> Iterator[None]:
    """One writer at a time on a SQLite file, the longest waiting first; other databases see to that themselves.

    SQLite lets its writers knock again and again at growing intervals, so that some of many wait for seconds. A lock on a
    file beside the database is waited for by the system, in turn, and falls with the process that holds it.
    """
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if not file or file == ":memory:":
        yield
        return
    with Path(f"{file}-queue").open("ab") as queue:
        flock(queue, LOCK_EX)
        yield
