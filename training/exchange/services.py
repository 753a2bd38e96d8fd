"""The verbs of an import: upload, confirm, cancel, and the steps that background work makes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from training.audit.services import record
from training.exchange import policies, queries, undoing, values
from training.exchange.headings import plain
from training.exchange.importers import STUDENTS, Made, Row, Wrong, importers, parts
from training.exchange.marking import mark
from training.exchange.models import HeadingTie, ImportBatch, ImportRow
from training.exchange.oneroster import cleaning
from training.exchange.workflow import LIFECYCLE, Event, Notice, Outcome, State
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.jobs.services import enqueue
from training.kernel.db import Record, Stale, db, transaction
from training.kernel.i18n import _l, language
from training.kernel.keys import slug
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.notices.services import notify
from training.turns.services import move

_ROW = Record.metadata.tables[ImportRow.__tablename__]
_STAGED = insert(_ROW)
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
def confirm(actor: Member, batch: ImportBatch, *, chosen: Collection[str] | None = None) -> None:
    """The ready rows will be imported in the background; of a bundle those of the chosen parts, else what goes without asking."""
    start(actor, batch, chosen=chosen)
    enqueue("exchange.apply", key=f"exchange.apply:{batch.id}", batch_id=batch.id)


@transaction()
def start(actor: Member, batch: ImportBatch, *, chosen: Collection[str] | None = None) -> None:
    """The ready rows are to be imported for whoever says so; its caller sees to it."""
    authorise(policies.can_confirm, actor, batch)
    require(policies.why_not_confirm(batch))
    if batch.is_bundle:
        _leave_out(batch, {name for name, part in parts().items() if not part.beforehand} if chosen is None else _parts() - set(chosen))
    move(actor, LIFECYCLE, "confirm", batch)
    batch.holder_id = actor.account_id
    record(actor, Event.CONFIRMED, batch, ready=batch.ready, bad=batch.bad)


def _parts() -> set[str]:
    return {STUDENTS, *parts()}


def _leave_out(batch: ImportBatch, unasked: Collection[str]) -> None:
    """Rows of a bundle that nobody asked for are told so, and are not taken; NotNow when nothing is left."""
    rows = update(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.outcome == Outcome.READY, ImportRow.part.in_(sorted(unasked)))
    why = [{"column": None, "sentence": str(_l("It was not asked for when the import was confirmed.")), "cell": None}]
    left = db.session.execute(rows.values(outcome=Outcome.BAD, errors=why).execution_options(synchronize_session=False))
    batch.ready -= left.rowcount  # type: ignore[attr-defined]
    batch.bad += left.rowcount  # type: ignore[attr-defined]
    if not batch.ready:
        raise NotNow(_l("Choose at least one kind of rows to take."), field="chosen")


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
    member, staged = queries.holder(batch), queries.ready_rows(batch, APPLIED_AT_ONCE)
    part = parts()[staged[0].part] if staged and staged[0].part not in (None, STUDENTS) else None
    taker = part or importers()[batch.kind]
    if part is not None:
        staged = staged[: part.at_once]
    rows = [Row(one.sheet, one.number, {name: values.unpacked(value) for name, value in one.said.items()}) for one in staged]
    if rows:
        taker.check(member, rows)
    good = [row for row in rows if not row.errors and not row.same]
    came = list(taker.apply(member, [row.values for row in good]) or []) if good else []
    for row, one in zip(good, came, strict=bool(came)):
        if isinstance(one, Wrong):
            row.errors.append(one)
    for row in rows if part is not None else ():
        row.errors = [one.named() for one in row.errors]
    mark(batch, [(one.id, row) for one, row in zip(staged, rows, strict=True)], [one for one in came if isinstance(one, Made)])
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
