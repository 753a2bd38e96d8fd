"""The verbs of an import: upload, confirm, cancel, and the steps that background work makes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from training.audit.services import record
from training.exchange import policies, queries, undoing, values
from training.exchange.headings import plain
from training.exchange.importers import Made, Row, Wrong, importers
from training.exchange.models import HeadingTie, ImportBatch, ImportRow
from training.exchange.oneroster import cleaning
from training.exchange.workflow import LIFECYCLE, Event, Notice, Outcome, State
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.jobs.services import enqueue
from training.kernel.db import Record, Stale, among, db, transaction
from training.kernel.i18n import _l, language
from training.kernel.keys import slug
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.notices.services import notify
from training.turns.services import move

_ROW = Record.metadata.tables[ImportRow.__tablename__]
_STAGED = insert(_ROW)
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
LARGEST = 20_000_000
"""Bytes of a file."""
APPLIED_AT_ONCE = 1_000
"""Rows of one transaction: on SQLite others wait to write as long as it takes."""


def upload(actor: Member, source: Readable | bytes, *, name: str, kind: str) -> ImportBatch:
    """A file is taken in and will be checked in the background; NotNow when it is no table."""
    return _begin(actor, receive(actor, source, name=name, kind=kind))


def receive(actor: Member, source: Readable | bytes, *, name: str, kind: str) -> tuple[str, Received]:
    """Writes the file away, if the actor may import such lists; of a bundle only what is read of it."""
    authorise(policies.can_upload, actor, kind)
    if importers()[kind].bundled is not None:
        with cleaning.kept(source, limit=LARGEST) as kept:
            return kind, storage.receive(kept, name=name, kinds=media.TABLES | {media.ZIP}, limit=LARGEST)
    return kind, storage.receive(source, name=name, kinds=media.TABLES, limit=LARGEST)


@transaction()
def _begin(actor: Member, received: tuple[str, Received]) -> ImportBatch:
    batch = add(actor, received)
    enqueue("exchange.check", key=f"exchange.check:{batch.id}", batch_id=batch.id)
    return batch


@transaction()
def add(actor: Member, received: tuple[str, Received]) -> ImportBatch:
    """The import of a received file, whose checking its caller sees to."""
    kind, file = received
    authorise(policies.can_upload, actor, kind)
    kept = keep_received(actor, file)
    batch = ImportBatch(
        slug=slug(),
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        holder_id=actor.account_id,
        kind=kind,
        file_id=kept.id,
        file=kept,
        language=language(),
        state=State.UPLOADED,
        layout={},
    )
    db.session.add(batch)
    claim(kept, batch)
    record(actor, Event.UPLOADED, batch, size=file.size)
    return batch


@transaction()
def confirm(actor: Member, batch: ImportBatch) -> None:
    """The ready rows will be imported in the background."""
    start(actor, batch)
    enqueue("exchange.apply", key=f"exchange.apply:{batch.id}", batch_id=batch.id)


@transaction()
def start(actor: Member, batch: ImportBatch) -> None:
    """The ready rows are to be imported for whoever says so; its caller sees to it."""
    authorise(policies.can_confirm, actor, batch)
    require(policies.why_not_confirm(batch))
    move(actor, LIFECYCLE, "confirm", batch)
    batch.holder_id = actor.account_id
    record(actor, Event.CONFIRMED, batch, ready=batch.ready, bad=batch.bad)


@transaction()
def cancel(actor: Actor, batch: ImportBatch) -> None:
    """Nothing of the file is taken."""
    authorise(policies.can_cancel, actor, batch)
    move(actor, LIFECYCLE, "cancel", batch)
    record(actor, Event.CANCELLED, batch)


@transaction()
def tie(actor: Member, batch: ImportBatch, *, columns: Mapping[str, str]) -> None:
    """Says which columns the headings mean, by heading; the file is read once more, and the next of this kind by the same."""
    authorise(policies.can_tie, actor, batch)
    require(policies.why_not_tie(batch))
    free = {column.name for column in importers()[batch.kind].columns} - set(batch.names)
    if not columns:
        raise NotNow(_l("Choose what at least one heading means."))
    if len(set(columns.values())) < len(columns):
        raise NotNow(_l("Two headings cannot mean the same. Choose one of them."))
    if not (set(columns) <= set(batch.unread) and set(columns.values()) <= free):
        raise NotNow(_l("The file has been read in the meantime. Look at its headings again."))
    known = {one.heading: one for one in queries.ties(batch)}
    for label, column in columns.items():
        heading = plain(label)
        one = known.get(heading) or HeadingTie(organisation_id=batch.organisation_id, kind=batch.kind, heading=heading)
        one.label, one.means = label, column
        db.session.add(one)
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch.staged = batch.ready = batch.bad = batch.same = 0
    batch.sentence, batch.layout, batch.holder_id = None, {}, actor.account_id
    move(actor, LIFECYCLE, "tie", batch)
    record(actor, Event.TIED, batch, detail={"columns": dict(columns)}, count=len(columns))
    enqueue("exchange.check", key=f"exchange.check:{batch.id}:{batch.version}", batch_id=batch.id)


@transaction()
def untie(actor: Member, one: HeadingTie, *, batch: ImportBatch) -> None:
    """The next files are read without this tie; what was imported stays."""
    authorise(policies.can_untie, actor, one)
    record(actor, Event.UNTIED, batch, detail={"heading": one.label}, tie=one.id)
    db.session.delete(one)


def pass_on(actor: Actor, batch: ImportBatch, *, to: Member) -> None:
    """Background work acts for somebody else from now on, inside the running transaction, which holds the import; NotNow when they may not."""
    require(policies.why_not_hold(to, batch))
    batch.holder_id = to.account_id
    record(actor, Event.HANDED_OVER, batch, holder=to.account_id)


@transaction()
def holder(actor: System, batch: ImportBatch) -> Member:
    """Whoever it acts for as things stand, NotAllowed when they may not any more; the import is held, so that nobody takes it over meanwhile."""
    return queries.holder(batch)


@transaction()
def check(actor: System, batch: ImportBatch) -> None:
    """The checking begins, or goes on."""
    if batch.state is State.UPLOADED:
        move(actor, LIFECYCLE, "check", batch)


@transaction()
def stage(actor: System, batch: ImportBatch, *, rows: Sequence[dict[str, Any]], after: int) -> None:
    """Keeps checked rows; Stale when others than `after` of them were kept before, by a second worker."""
    if batch.state is not State.CHECKING or batch.staged != after:
        raise Stale
    db.session.connection().execute(_STAGED, [{"batch_id": batch.id, **row} for row in rows])
    outcomes = [row["outcome"] for row in rows]
    batch.staged += len(rows)
    batch.ready += outcomes.count(Outcome.READY)
    batch.bad += outcomes.count(Outcome.BAD)
    batch.same += outcomes.count(Outcome.SAME)


@transaction()
def lay_out(actor: System, batch: ImportBatch, *, layout: dict[str, Any]) -> None:
    """Keeps what was found in the file."""
    batch.layout = layout


@transaction()
def settle(actor: System, batch: ImportBatch) -> None:
    """Every row is checked; whoever answers for the import is told, to confirm or cancel."""
    if batch.state is State.CHECKING:
        move(actor, LIFECYCLE, "settle", batch)
        notify(Notice.CHECKED, batch, to=queries.told(batch), ready=batch.ready, bad=batch.bad, same=batch.same)


@transaction()
def fail(actor: System, batch: ImportBatch, *, sentence: str) -> None:
    """The file cannot be imported, and why."""
    if LIFECYCLE.can("fail", batch.state):
        move(actor, LIFECYCLE, "fail", batch)
        batch.sentence = sentence[:4000]
        record(actor, Event.FAILED, batch)
        notify(Notice.FAILED, batch, to=queries.told(batch))


@transaction()
def take(actor: System, batch: ImportBatch) -> int:
    """Imports the next rows that are ready for whoever holds the import, checked again as things stand now; returns how many it looked at.

    The rows and the marks that they are imported are one transaction: whenever it is cut off, nothing is half-written and
    nothing is taken twice.
    """
    if batch.state is not State.APPLYING:
        return 0
    importer, member = importers()[batch.kind], queries.holder(batch)
    staged = queries.ready_rows(batch, APPLIED_AT_ONCE)
    rows = [Row(one.sheet, one.number, {name: values.unpacked(value) for name, value in one.said.items()}) for one in staged]
    if rows:
        importer.check(member, rows)
    good = [row.values for row in rows if not row.errors and not row.same]
    made = list(importer.apply(member, good) or []) if good else []
    _mark(batch, [(one.id, row) for one, row in zip(staged, rows, strict=True)], made)
    return len(rows)


@transaction()
def finish(actor: System, batch: ImportBatch) -> None:
    """No row is left to import."""
    if batch.state is State.APPLYING and not batch.ready:
        move(actor, LIFECYCLE, "finish", batch)
        record(actor, Event.FINISHED, batch, applied=batch.applied, bad=batch.bad, same=batch.same)
        notify(Notice.FINISHED, batch, to=queries.told(batch), applied=batch.applied, bad=batch.bad, same=batch.same)


@transaction()
def undo(actor: Member, batch: ImportBatch) -> None:
    """What the import made and changed will be taken back in the background, unless something was built on it."""
    authorise(policies.can_undo, actor, batch)
    if batch.kept:
        again = update(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.KEPT)
        db.session.execute(again.values(outcome=Outcome.APPLIED, errors=None).execution_options(synchronize_session=False))
    known = db.session.scalar(select(func.count()).select_from(undoing.left(batch).subquery())) or 0
    require(policies.why_not_undo(batch, known=known))
    move(actor, LIFECYCLE, "undo", batch)
    batch.sentence, batch.kept, batch.holder_id = None, 0, actor.account_id
    record(actor, Event.UNDO_BEGUN, batch, rows=known)
    enqueue("exchange.undo", key=f"exchange.undo:{batch.id}:{batch.version}", batch_id=batch.id)


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


def _mark(batch: ImportBatch, rows: Sequence[tuple[int, Row]], made: Sequence[Made]) -> None:
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
