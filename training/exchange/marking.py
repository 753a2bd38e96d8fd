"""What became of an import's rows, as it is kept: written for a thousand rows at a time, inside the transaction that takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, update

from training.exchange import values
from training.exchange.importers import Made, Row, Wrong
from training.exchange.models import ImportBatch, ImportRow
from training.exchange.workflow import Outcome
from training.kernel.db import Record, among, db

_ROW = Record.metadata.tables[ImportRow.__tablename__]
_APPLIED = (
    update(_ROW)
    .where(_ROW.c.id == bindparam("row"))
    .values(
        outcome=Outcome.APPLIED,
        made_id=bindparam("made"),
        made_version=bindparam("made_as"),
        before=bindparam("said", type_=_ROW.c.before.type),
    )
)
"""Built once and executed for a thousand rows at a time."""


def _packed(before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if before is None else {name: values.packed(value) for name, value in before.items()}


def outcome_of(row: Row) -> Outcome:
    """What becomes of a checked row."""
    return Outcome.BAD if row.errors else Outcome.SAME if row.same else Outcome.READY


def told(errors: Sequence[Wrong], layout: dict[str, Any], row: Row) -> list[dict[str, Any]]:
    """The errors of a row as they are kept: column, sentence, and the cell's address such as C7."""
    letters = layout["sheets"][str(row.sheet)]["letters"]
    return [
        {
            "column": one.column,
            "sentence": str(one.sentence),
            "cell": f"{letters[one.column]}{row.number}" if one.column in letters else None,
        }
        for one in errors
    ]


def mark(batch: ImportBatch, rows: Sequence[tuple[int, Row]], made: Sequence[Made]) -> None:
    """Writes what became of the rows, by their keys, and counts them; few turn bad between check and import, so those go one by one."""
    became: dict[Outcome, list[int]] = {Outcome.READY: [], Outcome.SAME: [], Outcome.BAD: []}
    for key, row in rows:
        became[outcome_of(row)].append(key)
        if row.errors:
            _set([key], errors=told(row.errors, batch.layout, row))
    applied = became[Outcome.READY]
    if made:
        said = [
            {"row": key, "made": one.id, "made_as": one.version, "said": _packed(one.before)}
            for key, one in zip(applied, made, strict=True)
        ]
        db.session.connection().execute(_APPLIED, said)
        for key, one in zip(applied, made, strict=True):
            if one.said is not None:
                _set([key], errors=[{"column": None, "sentence": str(one.said), "cell": None}])
    else:
        _set(applied, outcome=Outcome.APPLIED)
    _set(became[Outcome.SAME], outcome=Outcome.SAME)
    _set(became[Outcome.BAD], outcome=Outcome.BAD)
    batch.ready -= len(rows)
    batch.applied += len(applied)
    batch.same += len(became[Outcome.SAME])
    batch.bad += len(became[Outcome.BAD])


def _set(keys: Sequence[int], **given: Any) -> None:
    """Writes the same of many rows."""
    if keys:
        changed = update(ImportRow).where(among(ImportRow.id, keys)).values(**given)
        db.session.execute(changed.execution_options(synchronize_session=False))
