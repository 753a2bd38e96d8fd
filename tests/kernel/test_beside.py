"""A database that is built beside the one in use and takes its place when it is whole."""

import pytest
from sqlalchemy import create_engine, inspect, text

from training.kernel.db.beside import built_beside
from training.kernel.db.engine import listen
from training.kernel.db.schema import upgrade


class Broken(Exception):
    """Something went wrong while building."""


def engine_of(database):
    engine = create_engine(database)
    listen(engine)
    return engine


def add_park(engine, name):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO park (slug, name, town) VALUES (:name, :name, 'Here')"), {"name": name})


def parks(connection):
    return [name for (name,) in connection.execute(text("SELECT name FROM park ORDER BY id"))]


def build(address, *names):
    engine = engine_of(address)
    upgrade(engine)
    for name in names:
        add_park(engine, name)
    engine.dispose()


def break_off_beside(database):
    with built_beside(database) as beside:
        build(beside, "half")
        raise Broken


def test_it_takes_the_place_at_once_also_for_those_who_are_connected(databases):
    database = databases.copy()
    engine = engine_of(database)
    add_park(engine, "old")

    with engine.connect() as reader, built_beside(database) as beside:
        assert parks(reader) == ["old"]
        reader.rollback()
        build(beside, "new", "newer")
        assert parks(reader) == ["old"], "readers see the old one until the new one is whole"
        reader.rollback()

    with engine.connect() as connection:
        assert parks(connection) == ["new", "newer"]
    add_park(engine, "added afterwards")
    with engine.connect() as connection:
        assert parks(connection)[-1] == "added afterwards"
    engine.dispose()


def test_what_is_not_finished_leaves_everything_as_it_was(databases):
    database = databases.copy()
    engine = engine_of(database)
    add_park(engine, "old")

    with pytest.raises(Broken):
        break_off_beside(database)

    with engine.connect() as connection:
        assert parks(connection) == ["old"]
    assert not [name for name in inspect(engine).get_schema_names() if name.startswith("cadre_")]
    engine.dispose()


def test_nothing_of_the_neighbour_stays(databases):
    database = databases.copy()

    for _ in range(2):
        with built_beside(database) as beside:
            build(beside, "new")

    engine = engine_of(database)
    assert not [name for name in inspect(engine).get_schema_names() if name.startswith("cadre_")]
    if engine.dialect.name == "sqlite":
        assert not [path for path in databases.folder.iterdir() if "beside" in path.name]
    engine.dispose()
