"""Row 10: a school's roster comes in, checked row by row, beside the same rows written raw into the same tables."""

import csv
import io
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import make_url

from tests.bench.rows import Line
from tests.bench.words import FAMILY, GIVEN, TOWNS
from training.accounts.memberships.models import Membership
from training.audit.models import Happening
from training.exchange import services, tasks
from training.exchange.models import ImportBatch
from training.kernel import clock
from training.kernel.config import engine_options
from training.kernel.db import db
from training.kernel.db.engine import WRITING, listen
from training.kernel.db.schema import upgrade
from training.kernel.garbage import spare
from training.kernel.policy import Member, OrganisationKind, Role
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee

ROWS = 100_000
AT_ONCE = 1_000
"""Rows of one transaction of the floor, as an import has them."""
HEADINGS = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Группа", "База", "Город")
WRITTEN = (Trainee, Happening)
"""What a roster writes of each person: the record and the event."""


@dataclass(frozen=True)
class Outcome:
    """Seconds that the first import, the second of the same file and the floor took, and the most memory, in bytes."""

    rows: int
    bad: int
    first: float
    checking: float
    second: float
    floor: float
    memory: int
    changed: int
    """Rows that the second import of the same file was ready to change."""


def roster(rows: int) -> bytes:
    """A table of so many people, one of a hundred without a birth date."""
    page = io.StringIO()
    out = csv.writer(page)
    out.writerow(HEADINGS)
    first = clock.today() - timedelta(days=20 * 366)
    for number in range(rows):
        family, given = FAMILY[number % len(FAMILY)], GIVEN[number // len(FAMILY) % len(GIVEN)]
        born = "" if number % 100 == 99 else (first + timedelta(days=number % 1_500)).strftime("%d.%m.%Y")
        out.writerow(
            [f"{family}-{number}", given, "Сергеевич", born, f"СВ-{number % 40}", 9 + 2 * (number % 2), TOWNS[number % len(TOWNS)]]
        )
    return page.getvalue().encode()


def run(app: Flask, address: str, folder: Path, rows: int) -> Outcome:
    """Imports the roster twice, then writes what came of it into an empty database."""
    file = roster(rows)
    spare()
    with app.app_context():
        before = {table: db.session.scalar(select(func.max(table.id))) or 0 for table in WRITTEN}
        manager = db.session.scalars(
            select(Membership).join(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL, Membership.role == Role.MANAGER)
        ).first()
        assert manager is not None
        actor = Member(manager.account_id, manager.organisation_id, OrganisationKind.SCHOOL, frozenset({Role.MANAGER}))
        first, checking, batch = brought_in(actor, file, "trainees")
        staged, bad = batch.staged, batch.bad
        second, _checking, batch = brought_in(actor, file, "trainees")
        changed = batch.applied
        memory = psutil.Process().memory_info().rss
        db.session.rollback()
        parents = _raw(db.session.connection(), [(Organisation, 0)])
        written = _raw(db.session.connection(), [(table, before[table]) for table in WRITTEN])
        db.session.rollback()
        with _empty(address, folder) as engine:
            _write(engine, parents)
            began = time.perf_counter()
            _write(engine, written)
            floor = time.perf_counter() - began
    return Outcome(staged, bad, first, checking, second, floor, memory, changed)


def brought_in(actor: Member, file: bytes, kind: str) -> tuple[float, float, ImportBatch]:
    """The seconds of a whole import, those of its checking, and the batch."""
    began = time.perf_counter()
    batch = services.add(actor, services.receive(actor, file, name="table.csv", kind=kind))
    tasks.check(batch.id)
    checked = time.perf_counter() - began
    if batch.ready:
        services.start(actor, batch)
        tasks.apply(batch.id)
    return time.perf_counter() - began, checked, batch


Rows = Sequence[tuple[str, Sequence[str], Sequence[tuple[Any, ...]]]]


def _raw(connection: Connection, tables: Sequence[tuple[Any, int]]) -> Rows:
    """The rows of tables behind a key, as the driver has them: table, columns, values."""
    found = []
    for table, after in tables:
        names = [column.name for column in table.__table__.columns]
        cursor = connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM {table.__tablename__} WHERE id > {after} ORDER BY id")
        rows = [tuple(json.dumps(cell) if isinstance(cell, dict | list) else cell for cell in row) for row in cursor]
        found.append((table.__tablename__, names, rows))
    return found


def _write(engine: Engine, tables: Rows) -> None:
    """Writes rows by the driver alone, so many in a transaction."""
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    longest = max(len(rows) for _table, _names, rows in tables)
    for start in range(0, longest, AT_ONCE):
        with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            cursor = connection.connection.cursor()
            for table, names, rows in tables:
                if part := rows[start : start + AT_ONCE]:
                    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})", part)


@contextmanager
def _empty(address: str, folder: Path) -> Iterator[Engine]:
    """A second database, migrated and empty."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(folder / "floor.sqlite3"))
    else:
        maker = create_engine(url, isolation_level="AUTOCOMMIT")
        with maker.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE floor")
        maker.dispose()
        url = url.set(database="floor")
    place = url.render_as_string(hide_password=False)
    engine = create_engine(place, **engine_options(place))
    listen(engine)
    upgrade(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def lines(found: Outcome) -> list[Line]:
    """The outcome as rows of the table."""
    rate, floor = found.rows / found.first, (found.rows - found.bad) / found.floor
    share, again = rate / floor, found.second / found.first
    notes = [
        f"{found.first:.1f} s, {found.checking:.1f} s of it checking",
        f"{found.bad:,} bad rows",
        f"{found.memory / 2**20:.0f} MB",
    ]
    fine = found.changed == 0
    what = f"import of {found.rows:,} rows with validation"
    return [
        Line("10", what, rate, "raw rows", share, "≥ 0.15 ×", "≥ 0.25 ×", share >= 0.15, share >= 0.25, notes),
        Line("10", f"  the same file again: {found.changed} changes", None, "the first", again, "≤ 1.5 ×", passed=fine and again <= 1.5),
        Line("10", "  raw rows", floor),
    ]
