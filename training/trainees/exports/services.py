"""Asking for a copy of one's data, making it, and removing it after its days."""

from datetime import timedelta

from training.audit.services import record
from training.files.services import keep_received, let_go
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Actor, Learner, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.exports import policies, queries
from training.trainees.exports.models import DataExport
from training.trainees.exports.workflow import Event, Notice
from training.trainees.profiles.models import Trainee

KEPT = timedelta(days=7)
"""How long a copy can be fetched."""


@transaction()
def ask(actor: Actor, trainee: Trainee) -> DataExport:
    """The person asks for a copy of everything; a job makes it and a letter says when it is there."""
    authorise(policies.can_ask, actor, trainee)
    if not isinstance(actor, Learner):
        raise NotFound
    require(policies.why_not_ask(queries.newest(trainee.id)))
    export = DataExport(trainee_id=trainee.id, account_id=actor.account_id, asked_at=clock.now())
    db.session.add(export)
    record(actor, Event.ASKED, export)
    enqueue("data_exports.make", export_id=export.id)
    return export


@transaction()
def keep(actor: System, export: DataExport, *, received: Received) -> None:
    """The copy is there: the person is told, and has some days to fetch it."""
    if export.made_at is not None:
        return
    file = keep_received(actor, received, subject=export)
    export.file_id, export.made_at, export.expires_at = file.id, clock.now(), clock.now() + KEPT
    record(actor, Event.MADE, export, size=received.size)
    notify(Notice.MADE, export, to=[Recipient("account", export.account_id)], until_at=export.expires_at)


@transaction()
def expire(actor: System) -> int:
    """Lets go of copies whose days are over; returns how many."""
    over = queries.over()
    for export in over:
        if export.file is not None:
            let_go(export.file)
        export.file_id = None
        record(actor, Event.REMOVED, export)
    return len(over)
