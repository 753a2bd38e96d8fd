"""The index of whichever database is used: the one place that chooses between the twins."""

from types import ModuleType

from sqlalchemy import Connection

from training.search import postgresql, sqlite


def twin(dialect: str) -> ModuleType:
    """The module that knows this database."""
    return {"sqlite": sqlite, "postgresql": postgresql}[dialect]


def create_index(connection: Connection) -> None:
    """Creates `search_index` for the table `search_document`, which is there already; migrations call it."""
    twin(connection.dialect.name).create_index(connection)


def drop_index(connection: Connection) -> None:
    """Drops `search_index`; migrations call it."""
    twin(connection.dialect.name).drop_index(connection)


def rebuild(connection: Connection) -> None:
    """Makes the index anew from the rows, after a restore or a copy between databases."""
    twin(connection.dialect.name).rebuild(connection)
