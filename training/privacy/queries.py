"""Which rows are a person's: found by following the tables' own columns from the rows that are the person."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select

from training.kernel.db import Record, db
from training.kernel.register import Register

Rows = dict[str, set[int]]
"""Ids by table."""

_PARENTS_ONLY = {"stored_file"}
"""Rows that others point to without being a part of them."""
_APPEND_ONLY = {"event", "event_detail", "event_seal"}
_CHUNK = 500


def registers() -> Mapping[str, Register]:
    """The data register of every table."""
    return {mapper.local_table.name: mapper.class_.__register__ for mapper in Record.registry.mappers}  # type: ignore[attr-defined]  # a mapper's selectable is a table here


def tables() -> Mapping[str, Table]:
    """Every table by name."""
    return Record.metadata.tables


def rows_of(person: Mapping[str, int]) -> Rows:
    """Every row about a person, given as their own rows: `{"trainee": 7, "account": 12}`; the audit trail left aside.

    A row is theirs when it points to one of theirs by a foreign key, names their account, has one of theirs as its subject, or is what
    its register says through another table. Runs until nothing is added: a background task's or a command's work.
    """
    known, declared = tables(), registers()
    found: Rows = {name: {key} for name, key in person.items()}
    fresh: Rows = {name: {key} for name, key in person.items()}
    while fresh:
        added: Rows = {}
        for name, table in known.items():
            if name in _APPEND_ONLY or name not in declared:
                continue
            for condition in _pointing(table, declared[name], fresh, person):
                ids = set(db.session.scalars(select(table.c.id).where(condition))) - found.get(name, set())
                if ids:
                    added.setdefault(name, set()).update(ids)
                    found.setdefault(name, set()).update(ids)
        fresh = added
    return found


def _pointing(table: Table, register: Register, fresh: Rows, person: Mapping[str, int]) -> Iterator[ColumnElement[bool]]:
    """As conditions: how rows of a table belong to rows that were found last."""
    for column in table.c:
        for key in column.foreign_keys:
            parent = key.column.table.name
            if parent in fresh and parent not in _PARENTS_ONLY and (parent != "account" or _names_owner(column, register)):
                yield from _among(column, fresh[parent])
    if "account" in fresh and "account_id" in table.c and not table.c.account_id.foreign_keys and register.of_person:
        yield from _among(table.c.account_id, fresh["account"])
    if {"subject_kind", "subject_id"} <= set(table.c.keys()):
        for kind, ids in fresh.items():
            for condition in _among(table.c.subject_id, ids):
                yield (table.c.subject_kind == kind) & condition
    if register.through is not None and register.through in fresh:
        between = tables()[register.through]
        mine = next(column for column in between.c for key in column.foreign_keys if key.column.table is table)
        for condition in _among(between.c.id, fresh[register.through]):
            yield table.c.id.in_(select(mine).where(condition))


def _names_owner(column: Column[Any], register: Register) -> bool:
    """Whether an account in that column is the person the row is about, not somebody who had a hand in it."""
    return column.name == "account_id" and register.of_person


def _among(column: ColumnElement[Any], ids: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield column.in_(ordered[start : start + _CHUNK])


def contents(name: str, ids: Iterable[int]) -> Iterator[Mapping[str, Any]]:
    """The rows of a table by their ids, as stored, in order."""
    table = tables()[name]
    for condition in _among(table.c.id, ids):
        for row in db.session.execute(select(table).where(condition).order_by(table.c.id)).mappings():
            yield dict(row)
