"""Rows of plain columns: asked of the connection itself, at half of what the same costs by way of the records."""

from collections.abc import Mapping
from typing import Any, TypeVarTuple

from sqlalchemy import Result, Select

from training.kernel.db.engine import db

Columns = TypeVarTuple("Columns")


def rows(statement: Select[*Columns], values: Mapping[str, Any] | None = None) -> Result[*Columns]:
    """What a statement finds that names columns, no records."""
    db.session.flush()  # what has been changed before is seen, as by way of the records
    return db.session.connection().execute(statement, values)
