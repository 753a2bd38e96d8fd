"""Asking for a list as a file, and the steps of making a long one."""

from training.audit.services import record
from training.exchange.exports import policies, queries
from training.exchange.exports.models import OWN, Export
from training.exchange.exports.workflow import LIFECYCLE, Event, Form, Notice, Shape, State
from training.files.services import claim, keep_received, let_go
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.addresses import Asking, query_of
from training.kernel.db import db, transaction
from training.kernel.i18n import language
from training.kernel.keys import slug
from training.kernel.policy import Actor, Member, NotAllowed, System, Visitor, authorise
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.turns.services import move

MOST = {Form.CSV: 5_000, Form.XLSX: 2_000}
"""Rows that are sent as they are read; longer lists are made in the background."""


@transaction()
def ask(actor: Actor, at: Asking, *, form: Form, shape: Shape = Shape.LISTED, organisation: str | None = None) -> Export:
    """Takes a list as a file: what it shows the actor, narrowed and ordered as its address says."""
    authorise(policies.can_ask, actor, None)
    assert isinstance(actor, Member | Visitor)
    assert actor.account_id is not None
    listing = queries.shaped(at.listing, shape)
    subject = listing.owner(actor, at.args)
    if not listing.allowed(actor, subject):
        raise NotAllowed(listing.name)
    rows = listing.total(actor, at.wanted, subject)
    export = Export(
        slug=slug(),
        account_id=actor.account_id,
        organisation_id=actor.organisation_id if isinstance(actor, Member) else OWN,
        organisation=organisation,
        listing=listing.name,
        title=str(listing.title)[:100],
        args=dict(at.args),
        query=query_of(at.wanted),
        form=form,
        shape=shape,
        language=language(),
        state=State.DIRECT if rows <= MOST[form] and not shape.bundle else State.MAKING,
        rows=rows,
        asked_at=clock.now(),
    )
    db.session.add(export)
    record(actor, Event.BEGUN, export, rows=rows, shape=shape)
    if export.state is State.MAKING:
        enqueue("exports.make", key=f"exports.make:{export.slug}", export_id=export.id)
    return export


@transaction()
def note(actor: System, export: Export, *, done: int) -> None:
    """So many rows are written."""
    export.done = done


@transaction()
def finish(actor: System, export: Export, *, received: Received) -> None:
    """The file is there; its owner is told."""
    if export.state is not State.MAKING:
        return
    file = keep_received(actor, received)
    claim(file, export)
    export.file_id, export.done, export.asked_at = file.id, export.rows, clock.now()
    move(actor, LIFECYCLE, "finish", export)
    record(actor, Event.MADE, export, size=received.size)
    notify(Notice.MADE, export, to=[Recipient(ACCOUNT, export.account_id, export.organisation_id or None)], rows=export.rows)


@transaction()
def fail(actor: System, export: Export) -> None:
    """The list is not its owner's to see any more."""
    if export.state is State.MAKING:
        move(actor, LIFECYCLE, "fail", export)
        record(actor, Event.FAILED, export)


@transaction()
def remove_over(actor: System) -> int:
    """Lets go of the files whose time has passed; returns how many."""
    found = queries.over(clock.now())
    for export in found:
        if export.file is not None:
            let_go(export.file)
            export.file_id = None
        move(actor, LIFECYCLE, "remove", export)
    return len(found)
