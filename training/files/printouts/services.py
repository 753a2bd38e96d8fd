"""Asking for a document, and the steps of making one."""

from typing import Any

from training.audit.services import record
from training.files.printouts import policies, queries
from training.files.printouts.models import KEPT, OWN, Printout
from training.files.printouts.workflow import LIFECYCLE, Event, State
from training.files.services import claim, keep_received, let_go
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import language
from training.kernel.keys import slug
from training.kernel.policy import Actor, Learner, Member, System, authorise
from training.kernel.wiring import wired
from training.turns.services import move


@transaction()
def ask(actor: Actor, *, document: str, args: dict[str, Any]) -> Printout:
    """Has a document made; NotFound when what it is about is not the actor's to see, KeyError for a document that nobody wired."""
    authorise(policies.can_ask, actor, None)
    assert isinstance(actor, Member | Learner)
    sheet = wired().documents[document](actor, args)
    printout = Printout(
        slug=slug(),
        account_id=actor.account_id,
        organisation_id=actor.organisation_id if isinstance(actor, Member) else OWN,
        document=document,
        args=args,
        title=sheet.title[:100],
        language=language(),
        state=State.MAKING,
        asked_at=clock.now(),
    )
    db.session.add(printout)
    record(actor, Event.ASKED, printout)
    enqueue("printouts.make", key=f"printouts.make:{printout.slug}", printout_id=printout.id)
    return printout


@transaction()
def finish(actor: System, printout: Printout, *, received: Received) -> None:
    """The document is there."""
    if printout.state is not State.MAKING:
        return
    file = keep_received(actor, received)
    claim(file, printout)
    printout.file_id, printout.asked_at = file.id, clock.now()
    move(actor, LIFECYCLE, "finish", printout)


@transaction()
def fail(actor: System, printout: Printout) -> None:
    """What it is about is not its owner's to see any more."""
    if printout.state is State.MAKING:
        move(actor, LIFECYCLE, "fail", printout)


@transaction()
def remove_over(actor: System) -> int:
    """Lets go of the documents whose time has passed; returns how many."""
    found = queries.over(clock.now() - KEPT)
    for printout in found:
        if printout.file is not None:
            let_go(printout.file)
            printout.file_id = None
        move(actor, LIFECYCLE, "remove", printout)
    return len(found)
