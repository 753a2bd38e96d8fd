"""Many records at once."""

import json
from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Select, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from training.kernel.db.engine import db
from training.kernel.db.record import Record

R = TypeVar("R", bound=Record)


def by_id(query: Select[R]) -> dict[int, R]:
    """What a query of whole records finds, by id."""
    return {record.id: record for record in db.session.scalars(query).unique()}


class _Values(TypeDecorator[Collection[Any]]):
    """Many values as one parameter: an array on PostgreSQL, a JSON list on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        """Of what kind each of them is."""
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own way."""
        return dialect.type_descriptor(ARRAY(self.each) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        """As the driver takes them."""
        given = list(value or ())
        return given if dialect.name == "postgresql" else json.dumps(given)


class _Among(ColumnElement[bool]):
    """Whether a column is one of many values."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement), ("given", InternalTraversal.dp_clauseelement)]

    def __init__(self, column: ColumnElement[Any], given: ColumnElement[Any]) -> None:
        """The column, and the parameter that holds the values."""
        self.column, self.given = column, given


@compiles(_Among, "postgresql")
def _unnested(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    return f"{compiler.process(element.column, **how)} IN (SELECT unnest({compiler.process(element.given, **how)}))"


@compiles(_Among, "sqlite")
def _each(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    return f"{compiler.process(element.column, **how)} IN (SELECT value FROM json_each({compiler.process(element.given, **how)}))"


def among(column: InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """`column.in_(values)` for thousands of keys or words: one parameter, so that neither statement nor driver grows with them."""
    asked = column.expression
    return _Among(asked, bindparam(None, values, type_=_Values(asked.type), unique=True))
