"""Erasing a person: what is personal in every row of theirs is blanked, what lies beside the rows is removed, what the law holds stays."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Date, Integer, String, Table, UniqueConstraint, cast, false, literal, or_, select, update

from training.audit.services import forget_details
from training.exchange.forgetting import forget_imported
from training.files.models import StoredFile
from training.files.services import emptied
from training.jobs.services import forget_errors
from training.kernel.db import db
from training.kernel.limits import forget_keys
from training.kernel.wiring import wired
from training.notices.models import Notification
from training.privacy import queries
from training.privacy.holds import Hold
from training.privacy.queries import Rows
from training.search.services import drop_many

BLANK = "–"
"""What stands where a text was that cannot be empty."""
NO_DAY = date(1900, 1, 1)
"""The day that stands where one cannot be missing."""


@dataclass(frozen=True)
class Traces:
    """By what a person is recognised in texts that no key leads to: every one of the names together, or any of the marks."""

    names: Sequence[str]
    marks: Sequence[str]

    def found_in(self, text: str) -> bool:
        """Whether a text is about the person."""
        folded = text.casefold()
        names = [name.casefold() for name in self.names if name]
        return (bool(names) and all(name in folded for name in names)) or any(mark.casefold() in folded for mark in self.marks if mark)


@dataclass
class Erased:
    """What an erasure did: rows by table, and what is removed once its transaction has been committed."""

    rows: dict[str, int] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    """Bytes of files."""
    letters: list[int] = field(default_factory=list)
    """Notices whose letters may lie in the folder of mail."""


def holds_of(trainee_id: int) -> list[Hold]:
    """Everything that the law keeps of a trainee, as their nouns know it."""
    return [hold for _kind, held in sorted(wired().holds.items()) for hold in held(trainee_id)]


def stops_of(trainee_id: int) -> list[Any]:
    """Sentences that say what must end first."""
    return [sentence for _kind, said in sorted(wired().stops.items()) for sentence in said(trainee_id)]


def erase(person: Mapping[str, int], traces: Traces, *, holds: Collection[Hold], apart: Mapping[str, Callable[[], None]]) -> Erased:
    """Blanks everything personal, inside the running transaction; `apart` are the person's own rows with how each becomes nobody's.

    The audit trail keeps its events, which hold no words; their details go. Remove afterwards what the result names.
    """
    rows = queries.rows_of(person)
    done = Erased(letters=_letters(rows))
    held = {(hold.kind, hold.id) for hold in holds}
    for kind, key in held:
        rows.get(kind, set()).discard(key)
    files = _files(rows.pop("stored_file", set()), held)
    for name, ids in sorted(rows.items()):
        if name in apart:
            apart[name]()
            done.rows[name] = len(ids)
        elif ids and _blank(queries.tables()[name], queries.registers()[name].personal, ids):
            done.rows[name] = len(ids)
        if ids:
            drop_many(name, sorted(ids))
    done.rows["event_detail"] = forget_details(rows, account_id=person.get("account"))
    imported, sources = forget_imported(traces.found_in)
    done.rows["import_row"] = imported
    done.rows["job"] = forget_errors(traces.found_in)
    done.rows["limit_counter"] = forget_keys(traces.marks)
    done.places = emptied([*files, *sources])
    done.rows["stored_file"] = len(done.places)
    db.session.flush()  # what the session still holds is written before the rows are read anew
    db.session.expire_all()
    return done


def _letters(rows: Rows) -> list[int]:
    """The notices to the person or about a row of theirs: their letters say names."""
    about = [(Notification.subject_kind == kind) & Notification.subject_id.in_(ids) for kind, ids in rows.items()]
    to = [(Notification.to_kind == kind) & Notification.to_id.in_(ids) for kind, ids in rows.items()]
    return list(db.session.scalars(select(Notification.id).where(or_(false(), *about, *to)).order_by(Notification.id)))


def _files(ids: Iterable[int], held: Collection[tuple[str, int]]) -> Sequence[StoredFile]:
    found = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)).order_by(StoredFile.id)).all()
    return [file for file in found if (file.subject_kind, file.subject_id) not in held]


def _blank(table: Table, personal: Sequence[str], ids: Collection[int]) -> bool:
    """Blanks the personal columns of rows; whether the table has any."""
    columns = [table.c[name] for name in personal]
    plain = {column.name: _nothing(table, column) for column in columns if not isinstance(column.type, JSON)}
    if plain:
        db.session.execute(update(table).where(table.c.id.in_(ids)).values(plain))
    if shaped := [column for column in columns if isinstance(column.type, JSON)]:
        for row in db.session.execute(select(table.c.id, *shaped).where(table.c.id.in_(ids))).mappings().all():
            emptied_ = {column.name: hollow(row[column.name]) for column in shaped}
            db.session.execute(update(table).where(table.c.id == row["id"]).values(emptied_))
    return bool(columns)


def _nothing(table: Table, column: Column[Any]) -> Any:
    """What stands in a column when nothing is known any more."""
    if column.nullable:
        return None
    if isinstance(column.type, Date):
        return NO_DAY
    if isinstance(column.type, Integer):
        return 0
    if isinstance(column.type, String):
        return literal("erased-") + cast(table.c.id, String) if _is_unique(table, column) else BLANK
    raise TypeError(f"{table.name}.{column.name}: what stands there when nothing is known is to be said")


def _is_unique(table: Table, column: Column[Any]) -> bool:
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return any(column.name in one.columns for one in constraints) or any(
        index.unique and column.name in index.columns for index in table.indexes
    )


def hollow(value: Any) -> Any:
    """JSON of the same shape without its words, so that pages that show it go on."""
    match value:
        case dict():
            return {key: hollow(inner) for key, inner in value.items()}
        case list():
            return [hollow(inner) for inner in value]
        case str():
            return BLANK
        case _:
            return value
