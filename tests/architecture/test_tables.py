"""Tables: registers, lengths, indexes, names; models equal migrations; migrations go up, down and up again."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Enum, String, UniqueConstraint, create_engine, insert, inspect, text

from tests.factories import people
from training.accounts.models import Account
from training.kernel.config import ROOT
from training.kernel.db.engine import listen
from training.kernel.db.record import Record
from training.kernel.db.schema import downgrade, settings, upgrade
from training.organisations.models import Park
from training.trainees.profiles.models import Trainee


def tables(application: Flask):
    return {mapper.class_: mapper.local_table for mapper in Record.registry.mappers}


def test_every_table_declares_its_data_register(application: Flask):
    lacking = [kind.__name__ for kind in tables(application) if "__register__" not in kind.__dict__]

    assert lacking == []


def test_personal_columns_named_by_a_register_exist(application: Flask):
    wrong = [
        (kind.__name__, name) for kind, table in tables(application).items() for name in kind.__register__.personal if name not in table.c
    ]

    assert wrong == []


def test_columns_that_look_personal_are_declared_so(application: Flask):
    forgotten = [
        f"{table.name}.{column.name}"
        for kind, table in tables(application).items()
        for column in table.c
        if column.name in {"email", "email_key", "phone", "family_name", "given_name", "patronymic", "born_on"}
        and column.name not in kind.__register__.personal
    ]

    assert forgotten == []


def test_text_has_a_length(application: Flask):
    endless = [
        f"{table.name}.{column.name}"
        for table in tables(application).values()
        for column in table.c
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and not column.type.length
    ]

    assert endless == []


def test_every_foreign_key_has_an_index(application: Flask):
    bare = []
    for table in tables(application).values():
        leading = {next(iter(index.columns)).name for index in table.indexes if index.columns}
        leading |= {next(iter(constraint.columns)).name for constraint in table.constraints if isinstance(constraint, UniqueConstraint)}
        leading |= {column.name for column in table.primary_key.columns}
        bare += [f"{table.name}.{column.name}" for column in table.c if column.foreign_keys and column.name not in leading]

    assert bare == []


def test_every_constraint_has_a_name(application: Flask):
    nameless = [
        (table.name, constraint) for table in tables(application).values() for constraint in table.constraints if constraint.name is None
    ]

    assert nameless == []


def differences(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda item, name, kind, reflected, compared: (
                    not (kind == "table" and name and name.startswith(("search_index", "sqlite_")))
                ),
            },
        )
        return compare_metadata(context, Record.metadata)


@pytest.fixture
def engine(databases):
    made = create_engine(databases.copy())
    listen(made)
    yield made
    made.dispose()


def test_models_equal_migrations(application: Flask, engine):
    assert differences(engine) == []


def stored(engine, name: str) -> list[dict[str, Any]]:
    """Every row of a table as it is stored, by the columns it has now."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY id")).mappings()]


def same(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> bool:
    """Whether no row is lost or new, and each says the same in the columns of both times."""
    both = before[0].keys() & now[0].keys() if before and now else set()
    return len(before) == len(now) and all(
        [one[column] for column in both] == [other[column] for column in both] for one, other in zip(before, now, strict=True)
    )


@pytest.mark.torture
def test_migrations_go_up_down_and_up_with_rows_in_them(application: Flask, engine, sizes, figure):
    accounts, trainees = people(sizes.rows)
    parks = [{"slug": f"park-{number}", "name": f"Park {number}", "town": "Dimitrovgrad"} for number in range(sizes.rows)]
    with engine.begin() as connection:
        for model, rows in ((Park, parks), (Account, accounts), (Trainee, trainees)):
            connection.execute(insert(model), rows)
    names = ("park", "account", "trainee")
    before = {name: stored(engine, name) for name in names}
    first = ScriptDirectory.from_config(settings(engine)).get_base() or ""

    downgrade(engine, first)
    changed = [name for name in names if not same(before[name], stored(engine, name))]
    upgrade(engine)
    changed += [name for name in names if not same(before[name], stored(engine, name))]

    figure("8 migrations", f"{3 * sizes.rows:,} rows, down and up", f"{len(changed)} tables changed", promised="0")
    assert changed == []
    assert differences(engine) == []
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert differences(engine) == []


def test_the_head_file_names_the_newest_migration(engine):
    scripts = ScriptDirectory.from_config(settings(engine))

    assert (ROOT / "migrations" / "versions" / "HEAD").read_text().strip() == scripts.get_current_head()
