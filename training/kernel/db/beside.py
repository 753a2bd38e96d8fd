"""A database that is built beside the one in use and takes its place when it is whole: until then readers see the old, never half of the new."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

NAME = "cadre_beside"
"""Of the schema on PostgreSQL; a file's ending on SQLite."""
GONE = "cadre_gone"
PATIENCE = 60
"""Seconds for which the place is waited for."""


@contextmanager
def built_beside(database: str) -> Iterator[str]:
    """Gives the address of an empty neighbour; what the block has built there takes the place of `database`, unless it fails."""
    if database.startswith("sqlite"):
        with _file_beside(Path(make_url(database).database or "")) as neighbour:
            yield neighbour
    else:
        with _schema_beside(database) as neighbour:
            yield neighbour


@contextmanager
def _file_beside(place: Path) -> Iterator[str]:
    """A file: copied over the other in one transaction, which also tells whoever has it open."""
    built = place.with_name(f"{place.name}.{NAME}")
    _forget(built)
    try:
        yield f"sqlite:///{built}"
        with closing(sqlite3.connect(built)) as source, closing(sqlite3.connect(place, timeout=PATIENCE)) as target:
            target.execute("PRAGMA journal_mode=WAL")
            source.backup(target)
    finally:
        _forget(built)


def _forget(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


@contextmanager
def _schema_beside(database: str) -> Iterator[str]:
    """A schema: the two change names in one transaction, and the old one goes."""
    engine = create_engine(database)
    try:
        with engine.begin() as connection:
            place = str(connection.scalar(text("SELECT current_schema()")))
            _drop(connection, NAME)
            connection.execute(text(f"CREATE SCHEMA {NAME}"))
        try:
            yield make_url(database).update_query_dict({"options": f"-csearch_path={NAME}"}).render_as_string(hide_password=False)
            with engine.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                _drop(connection, GONE)
                connection.execute(text(f'ALTER SCHEMA "{place}" RENAME TO {GONE}'))
                connection.execute(text(f'ALTER SCHEMA {NAME} RENAME TO "{place}"'))
                _drop(connection, GONE)
        finally:
            with engine.begin() as connection:
                _drop(connection, NAME)
    finally:
        engine.dispose()


def _drop(connection: Connection, schema: str) -> None:
    connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
