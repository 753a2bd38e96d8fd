"""Many records at once."""

from typing import TypeVar

from sqlalchemy import Select

from training.kernel.db.engine import db
from training.kernel.db.record import Record

R = TypeVar("R", bound=Record)


def by_id(query: Select[R]) -> dict[int, R]:
    """What a query of whole records finds, by id."""
    return {record.id: record for record in db.session.scalars(query).unique()}
