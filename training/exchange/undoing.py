"""What stands in the way of taking an import back: records that changed since, or that others refer to."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, Table, func, select

from training.audit.models import Happening
from training.exchange import values
from training.exchange.importers import Made, Undoing
from training.exchange.models import ImportBatch, ImportRow
from training.kernel.db import Record, db
from training.kernel.i18n import _
from training.kernel.wiring import wired

NAMED = 5
"""Rows that a refusal names."""
_AT_ONCE = 5_000


def made(batch: ImportBatch) -> list[Made]:
    """What the rows of an import made or changed, in their order."""
    query = select(ImportRow.made_id, ImportRow.made_version, ImportRow.before).where(
        ImportRow.batch_id == batch.id, ImportRow.made_id.is_not(None)
    )
    return [
        Made(key or 0, version or 0, {name: values.unpacked(value) for name, value in before.items()} if before is not None else None)
        for key, version, before in db.session.execute(query.order_by(ImportRow.id))
    ]


def in_the_way(batch: ImportBatch, undoing: Undoing, rows: Sequence[Made]) -> list[tuple[str, str]]:
    """The first records that changed since the import or were built on, by name, with what happened; as many statements however many rows."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        now = undoing.now([one.id for one in some])
        for one in some:
            name, version = now.get(one.id, (_("A record"), -1))
            if version != one.version and len(found) < NAMED:
                found[one.id] = name, _last(undoing.kind, one.id) or _("it was changed")
    for table, key, owner in _referring(batch, undoing.kind):
        if owner not in found and len(found) < NAMED:
            name, _version = undoing.now([owner]).get(owner, (_("A record"), -1))
            found[owner] = name, _last(table.name, key) or _("something else refers to it")
    return list(found.values())


def _referring(batch: ImportBatch, kind: str) -> Iterator[tuple[Table, int, int]]:
    """Rows of any table that refer to what the import made anew: the table, the row's key, the key it refers to."""
    fresh: Select[int | None] = select(ImportRow.made_id).where(
        ImportRow.batch_id == batch.id, ImportRow.made_id.is_not(None), ImportRow.before.is_(None)
    )
    for table in Record.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == kind and key.column.name == "id":
                query = select(func.min(table.c.id), key.parent).where(key.parent.in_(fresh)).group_by(key.parent)
                for first, owner in db.session.execute(query.order_by(key.parent).limit(NAMED)):
                    yield table, first, owner


def _last(kind: str, key: int) -> str | None:
    """The words of the newest event of a record."""
    query = select(Happening.name).where(Happening.subject_kind == kind, Happening.subject_id == key).order_by(Happening.id.desc())
    event = wired().events.get(db.session.scalars(query.limit(1)).one_or_none() or "")
    return str(event.words) if event is not None else None
