"""Engines and sessions, with the SQLite settings that the promises rest on."""

from inspect import iscoroutinefunction
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from training.kernel.db.beside import NAME as BESIDE


class Database(SQLAlchemy):
    """The extension without its asynchronous half, which we do not use and whose closing takes an event loop at the end of every request."""

    def init_app(self, app: App) -> None:
        """As the extension does it; only the sessions that there are get closed."""
        super().init_app(app)
        app.teardown_appcontext_funcs[:] = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]


db = Database(session_options={"expire_on_commit": False})
"""The sessions of the application: one a request, a job or a command."""

WRITING = "cadre_writing"
"""The execution option of a connection whose transaction will write."""


def listen(engine: Engine) -> None:
    """Sets up a SQLite engine: write-ahead log, full synchronisation (but not where what is unfinished is thrown away), foreign keys, our own BEGIN."""
    if engine.dialect.name != "sqlite":
        return
    synchronous = "OFF" if str(engine.url.database).endswith(BESIDE) else "FULL"

    @event.listens_for(engine, "connect")
    def settings(connection: SQLiteConnection, record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-4000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN")
