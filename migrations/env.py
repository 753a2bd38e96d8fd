"""Runs migrations on the application's engine, on SQLite with foreign keys off and checked afterwards."""

from alembic import context
from sqlalchemy import Connection, Engine, create_engine

from training import app as application
from training.kernel.config import from_environment
from training.kernel.db.engine import listen
from training.kernel.db.record import Record
from training.kernel.db.types import Moment

assert application  # loads every model


def ours(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """What autogenerate compares: not the search index, which is SQL that one database alone knows."""
    return not (kind == "table" and name is not None and (name.startswith("search_index") or name == "sqlite_sequence"))


def written(kind: str, item: object, context: object) -> str | bool:
    """How autogenerate writes our own types: as the plain ones they are, so that a migration stays true when the code moves on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def foreign_keys(connection: Connection, wanted: str) -> None:
    """Switches SQLite's foreign keys, which only works between transactions."""
    connection.rollback()
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute(f"PRAGMA foreign_keys={wanted}")


def run(engine: Engine) -> None:
    """Migrates one database in one transaction."""
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            render_as_batch=sqlite,
            compare_type=True,
            include_object=ours,
            render_item=written,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"rows without their parents after the migration: {broken[:5]}")
        connection.commit()
        if sqlite:
            foreign_keys(connection, "ON")


given = context.config.attributes.get("engine")
if given is None:
    given = create_engine(from_environment().database)
    listen(given)
run(given)
