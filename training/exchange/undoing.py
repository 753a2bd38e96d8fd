"""Taking an import back in the background: first everything is looked through for what was built on it, then the rows go back some at a time.

Of a bundle the last rows go first: the places, then the cohorts, then the people who were in them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, update

from training.audit.models import Happening
from training.audit.services import record
from training.exchange import queries, values
from training.exchange.importers import STUDENTS, Made, Undoing, importers, parts
from training.exchange.models import ImportBatch, ImportRow
from training.exchange.workflow import LIFECYCLE, LOST, Event, Notice, Outcome, State
from training.jobs.services import progress
from training.kernel.db import Record, db, transaction
from training.kernel.i18n import _, force_locale, ngettext
from training.kernel.policy import NotAllowed, NotNow, System
from training.kernel.wiring import wired
from training.notices.services import notify
from training.turns.services import move

UNDONE_AT_ONCE = 1_000
"""Rows of one transaction: on SQLite others wait to write as long as it takes."""
MARKED = 1_000
"""Rows that a refusal names, each with what happened."""

InTheWay = Mapping[int, str]
"""What happened since to the record of an import's row, by the row's key."""


@dataclass(frozen=True)
class Back:
    """A row that is to be taken back, and what came of it."""

    row_id: int
    part: str | None
    made: Made


class BuiltOn(Exception):
    """Something was built on rows that were just to be taken back."""

    def __init__(self, found: InTheWay) -> None:
        """What happened to which row."""
        super().__init__(len(found))
        self.found = found


def undo(batch_id: int) -> None:
    """Takes back what an import made and changed, unless something was built on it; goes on where it stopped."""
    actor = System("exchange.undo")
    batch = queries.of_id(actor, batch_id)
    if batch.state is not State.UNDOING:
        return
    with force_locale(batch.language):
        try:
            _look_through(batch)
            while _withdraw(actor, batch):
                progress(batch.undone, batch.applied)
        except BuiltOn as refusal:
            why = _("Something was built on some of its rows since. They are listed under “%(stays)s”, each with what happened.")
            _stop(actor, batch, sentence=why % {"stays": Outcome.KEPT.label}, found=refusal.found)
        except NotNow as refusal:
            _stop(actor, batch, sentence=" ".join(map(str, refusal.sentences)), found={})
        except NotAllowed:
            rest = _("A colleague who may takes the rest back.")
            _stop(actor, batch, sentence=f"{LOST} {rest}", found={})
        else:
            _end(actor, batch)


def left(batch: ImportBatch) -> Select[int | None]:
    """What came of the rows that are still to be taken back, by their keys in the tables."""
    return select(ImportRow.made_id).where(
        ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.APPLIED, ImportRow.made_id.is_not(None)
    )


def _next(batch: ImportBatch, *, past: int | None = None) -> list[Back]:
    """The next rows to take back, in the file's order; of a bundle those of one part, the last first."""
    query = left(batch).with_only_columns(ImportRow.id, ImportRow.part, ImportRow.made_id, ImportRow.made_version, ImportRow.before)
    backwards = batch.is_bundle
    if past is not None:
        query = query.where(ImportRow.id < past if backwards else ImportRow.id > past)
    found = []
    for key, part, made, version, said in db.session.execute(
        query.order_by(ImportRow.id.desc() if backwards else ImportRow.id).limit(UNDONE_AT_ONCE)
    ):
        was = {name: values.unpacked(value) for name, value in said.items()} if said is not None else None
        found.append(Back(key, part, Made(made or 0, version or 0, was)))
    part = parts().get(found[0].part or "") if found else None
    return [one for one in found if one.part == found[0].part][: part.at_once if part is not None else UNDONE_AT_ONCE]


def _look_through(batch: ImportBatch) -> None:
    """Raises BuiltOn before anything is taken back, where something is in the way now; reads only."""
    last = None
    found: dict[int, str] = {}
    while len(found) < MARKED and (rows := _next(batch, past=last)):
        found |= _in_the_way(batch, rows)
        last = rows[-1].row_id
        progress(batch.undone, batch.applied)
    if found:
        raise BuiltOn(dict(list(found.items())[:MARKED]))


@transaction()
def _withdraw(actor: System, batch: ImportBatch) -> int:
    """Takes the next rows back, looked at once more as things stand now; returns how many.

    The records and the marks of their rows are one transaction: whenever it is cut off, nothing is half-undone and nothing is
    taken back twice.
    """
    if batch.state is not State.UNDOING:
        return 0
    member, rows = queries.holder(batch), _next(batch)
    if not rows:
        return 0
    if found := _in_the_way(batch, rows):
        raise BuiltOn(found)
    _undoing(batch, rows[0].part).withdraw(member, [one.made for one in rows])
    keys = [one.row_id for one in rows]
    done = update(ImportRow).where(ImportRow.id.in_(keys)).values(outcome=Outcome.UNDONE)
    db.session.execute(done.execution_options(synchronize_session=False))
    batch.undone += len(rows)
    return len(rows)


@transaction()
def _end(actor: System, batch: ImportBatch) -> None:
    """No row is left to take back."""
    if batch.state is State.UNDOING:
        changed = select(func.count()).where(
            ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.UNDONE, ImportRow.before.is_not(None)
        )
        restored = db.session.scalar(changed) or 0
        move(actor, LIFECYCLE, "withdraw", batch)
        record(actor, Event.UNDONE, batch, withdrawn=batch.undone - restored, restored=restored)
        notify(Notice.UNDONE, batch, to=queries.told(batch), undone=batch.undone)


@transaction()
def _stop(actor: System, batch: ImportBatch, *, sentence: str, found: InTheWay) -> None:
    """The rest stays, and why: said of each row that is in the way, so that it goes where the row goes."""
    if batch.state is not State.UNDOING:
        return
    if found:
        marks = [
            {"id": key, "outcome": Outcome.KEPT, "errors": [{"column": None, "sentence": what, "cell": None}]}
            for key, what in found.items()
        ]
        db.session.execute(update(ImportRow), marks)
    so_far = (
        ngettext("%(num)s row is taken back.", "%(num)s rows are taken back.", batch.undone)
        if batch.undone
        else _("Nothing was taken back.")
    )
    batch.kept, batch.sentence = len(found), f"{so_far} {sentence}"
    move(actor, LIFECYCLE, "stay", batch)
    record(actor, Event.STAYED, batch, undone=batch.undone, kept=batch.kept)
    notify(Notice.STAYED, batch, to=queries.told(batch), undone=batch.undone)


def _undoing(batch: ImportBatch, part: str | None) -> Undoing:
    undoing = importers()[batch.kind].undoing if part in (None, STUDENTS) else parts()[part].undoing
    assert undoing is not None, "policies.why_not_undo"
    return undoing


def _own(batch: ImportBatch) -> dict[str, Select[Any]]:
    """By table: the keys of what the same bundle brought beside its students, which is taken back before them."""
    own: dict[str, Select[Any]] = {}
    for name, part in parts().items() if batch.is_bundle else ():
        made = select(ImportRow.made_id).where(ImportRow.batch_id == batch.id, ImportRow.part == name, ImportRow.made_id.is_not(None))
        own[part.undoing.kind] = made
        own |= {table: of(made) for table, of in part.undoing.beside.items()}
    return own


def _in_the_way(batch: ImportBatch, rows: Sequence[Back]) -> dict[int, str]:
    """What was changed since the import or was built on; as many statements however many rows."""
    undoing = _undoing(batch, rows[0].part)
    now = undoing.now([one.made.id for one in rows])
    changed = [one.made.id for one in rows if now.get(one.made.id, ("", -1))[1] != one.made.version]
    words = _newest(undoing.kind, changed)
    said = {key: words.get(key) or _("it was changed") for key in changed}
    for key, what in _referring(undoing.kind, [one.made.id for one in rows if one.made.before is None], but=_own(batch)):
        said.setdefault(key, what)
    return {one.row_id: said[one.made.id] for one in rows if one.made.id in said}


def _referring(kind: str, ids: Collection[int], *, but: Mapping[str, Select[Any]]) -> Iterator[tuple[int, str]]:
    """Which of the records that an import made anew rows of any table refer to, `but` some, and what happened last to the first of those."""
    for table in Record.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == kind and key.column.name == "id":
                query = select(key.parent, func.min(table.c.id)).where(key.parent.in_(ids)).group_by(key.parent)
                if table.name in but:
                    query = query.where(table.c.id.not_in(but[table.name]))
                first = {owner: row for owner, row in db.session.execute(query.order_by(key.parent))}  # noqa: C416 -- a result is no mapping
                words = _newest(table.name, first.values())
                for owner, row in first.items():
                    yield owner, words.get(row) or _("something else refers to it")


def _newest(kind: str, ids: Collection[int]) -> dict[int, str]:
    """The words of the newest event of each of these records that has one."""
    if not ids:
        return {}
    last = (
        select(func.max(Happening.id)).where(Happening.subject_kind == kind, Happening.subject_id.in_(ids)).group_by(Happening.subject_id)
    )
    found = db.session.execute(select(Happening.subject_id, Happening.name).where(Happening.id.in_(last)).order_by(Happening.id))
    return {key: str(wired().events[name].words) for key, name in found if name in wired().events}
