"""What refers to a trainee, read from the tables themselves: counted, compared, moved to another record and back."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    UniqueConstraint,
    and_,
    exists,
    func,
    insert,
    intersect,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from training.kernel.db import Record, db
from training.trainees.merges.models import MergeMoved, Pair
from training.trainees.profiles.models import Trainee

OWN = frozenset({Pair.__tablename__, MergeMoved.__tablename__})
"""The tables of merges themselves: they name both records for good."""
STAYS = frozenset({"event", "notice", "thread_reading", "disclosure", "evidence", "engagement", "employment"})
"""Tables whose subject, where it is a trainee, stays as it was written: the trail, letters, what somebody has read or said of that record."""
ONCE = frozenset({"photo", "talent_invitation", "disclosure", "evidence"})
"""Tables of which a row that the kept record has already stays with the record given up, where it is lost to nobody."""
AT_ONCE = 5_000
"""Rows in one statement."""
_MOVED: Any = MergeMoved.__table__


class Reference(NamedTuple):
    """A column that names a trainee; beside a column of kinds only where that says so."""

    table: Table
    column: Column[int]
    kind: Column[str] | None = None

    def names(self, key: Any) -> ColumnElement[bool]:
        """As a condition: the row names that trainee."""
        named = self.column == key
        return named if self.kind is None else and_(self.kind == Trainee.__tablename__, named)


@cache
def references() -> Sequence[Reference]:
    """Every column that names a trainee and follows them: foreign keys, and (kind, id) of the foundation."""
    return [*keyed(), *kinded()]


@cache
def keyed() -> Sequence[Reference]:
    """The foreign keys to trainees, by table."""
    target: Any = Trainee.__table__.c.id
    tables = [table for name, table in sorted(Record.metadata.tables.items()) if name not in OWN]
    return [Reference(table, column) for table in tables for column in table.c if column.references(target)]


@cache
def kinded() -> Sequence[Reference]:
    """The pairs of kind and id that may name a trainee and are not history."""
    found = []
    for name, table in sorted(Record.metadata.tables.items()):
        for column in table.c:
            other = table.c.get(column.name.removesuffix("_kind") + "_id") if column.name.endswith("_kind") else None
            if other is not None and name not in STAYS | OWN:
                found.append(Reference(table, other, column))
    return found


def counts(ids: Collection[int]) -> Mapping[str, Mapping[int, int]]:
    """How many rows of each table name each of the trainees: one statement."""
    parts = [
        select(literal(one.table.name).label("name"), one.column.label("key"), func.count().label("number"))
        .where(one.column.in_(ids) if one.kind is None else and_(one.kind == Trainee.__tablename__, one.column.in_(ids)))
        .group_by(one.column)
        for one in references()
    ]
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for name, key, number in db.session.execute(union_all(*parts)):
        found[name][key] = found[name].get(key, 0) + number
    return found


def clashes(kept_id: int, gone_id: int) -> list[str]:
    """The tables of which both have a row that there can be only one of: one statement."""
    parts = [
        select(literal(one.table.name).label("name")).where(intersect(*(values(columns, one, key) for key in (kept_id, gone_id))).exists())
        for one in keyed()
        if one.table.name not in ONCE
        for columns, partial in unique(one)
        for values in [_valued(partial)]
    ]
    return sorted(set(db.session.scalars(union_all(*parts))))


def unique(one: Reference) -> Iterator[tuple[Sequence[Column[Any]], Any]]:
    """What beside the trainee must differ between rows of a table: columns, and the condition under which."""
    for constraint in sorted(one.table.constraints, key=lambda each: str(each.name)):
        if isinstance(constraint, UniqueConstraint) and one.column.name in constraint.columns:
            yield [column for column in constraint.columns if column is not one.column], None
    for index in sorted(one.table.indexes, key=lambda each: str(each.name)):
        if index.unique and one.column.name in index.columns:
            where = index.dialect_options["postgresql"]["where"]
            yield [column for column in index.columns if column is not one.column], where


def _valued(partial: Any) -> Any:
    """What a trainee's rows say in columns, within a condition."""

    def values(columns: Sequence[Column[Any]], one: Reference, key: int) -> Select[Any]:
        said: list[Any] = [*columns] if columns else [literal(1).label("one")]
        filled = [column.is_not(None) for column in columns if column.nullable]
        return select(*said).select_from(one.table).where(one.names(key), *filled, partial if partial is not None else true())

    return values


def move(pair: Pair, *, kept_id: int, gone_id: int) -> int:
    """Gives every row of one record to the other, and writes each down; how many."""
    number = 0
    for one in references():
        ids = db.session.scalars(
            select(one.table.c.id).where(one.names(gone_id), *_movable(one, kept_id, gone_id)).order_by(one.table.c.id)
        )
        keys = list(ids)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            db.session.connection().execute(update(one.table).where(one.table.c.id.in_(some)).values({one.column: kept_id}))
            noted = {"pair_id": pair.id, "table_name": one.table.name, "column_name": one.column.name}
            db.session.connection().execute(insert(_MOVED), [noted | {"row_id": key} for key in some])
        number += len(keys)
    return number


def _movable(one: Reference, kept_id: int, gone_id: int) -> Iterator[ColumnElement[bool]]:
    """As conditions: the row is not of those that stay."""
    if one.kind is not None or one.table.name not in ONCE:
        return
    for columns, _partial in unique(one):
        other = one.table.alias()
        same = [other.c[column.name].is_not_distinct_from(column) for column in columns]
        yield ~exists().where(other.c[one.column.name] == kept_id, *same).correlate(one.table)
    if one.table.name == "disclosure":
        yield ~and_(one.table.c.subject_kind == Trainee.__tablename__, one.table.c.subject_id == gone_id)


def give_back(pair: Pair, *, kept_id: int, gone_id: int) -> int:
    """Gives the rows of a merge that are still there back to the record they came from; how many were moved."""
    number = 0
    for one in references():
        moved = of_pair(pair, one)
        db.session.connection().execute(
            update(one.table).where(one.names(kept_id), one.table.c.id.in_(moved)).values({one.column: gone_id})
        )
    number = db.session.scalar(select(func.count()).select_from(_MOVED).where(_MOVED.c.pair_id == pair.id)) or 0
    db.session.connection().execute(_MOVED.delete().where(_MOVED.c.pair_id == pair.id))
    return number


def of_pair(pair: Pair, one: Reference) -> Select[int]:
    """The keys of the rows that a merge moved in one column."""
    return select(_MOVED.c.row_id).where(
        _MOVED.c.pair_id == pair.id, _MOVED.c.table_name == one.table.name, _MOVED.c.column_name == one.column.name
    )


def built_on(pair: Pair, *, kept_id: int) -> list[str]:
    """The tables with rows of the kept record that were made since out of rows that were moved, or the reverse: one statement."""
    mine = {one.table.name: one for one in keyed()}
    parts = []
    for one in keyed():
        own = one.table.c.id.in_(of_pair(pair, one))
        for column, parent in _parents(one, mine):
            theirs = column.in_(of_pair(pair, mine[parent]))
            parts.append(_says(one, kept_id, column.is_not(None), or_(and_(own, ~theirs), and_(~own, theirs))))
        if {"subject_kind", "subject_id"} <= set(one.table.c.keys()):
            for parent in sorted(mine.keys() - {Trainee.__tablename__}):
                about = and_(one.table.c.subject_kind == parent, one.table.c.subject_id.in_(of_pair(pair, mine[parent])))
                parts.append(_says(one, kept_id, about, ~own))
    return sorted(set(db.session.scalars(union_all(*parts))))


def _says(one: Reference, kept_id: int, *conditions: ColumnElement[bool]) -> Select[str]:
    return select(literal(one.table.name).label("name")).where(exists().where(one.names(kept_id), *conditions))


def _parents(one: Reference, mine: Mapping[str, Reference]) -> Iterator[tuple[Column[Any], str]]:
    """The columns by which a row of somebody is made out of another row of theirs."""
    for column in one.table.c:
        for key in column.foreign_keys:
            parent = key.column.table.name
            if parent in mine and parent != Trainee.__tablename__ and key.column.name == "id":
                yield column, parent
