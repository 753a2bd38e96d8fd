"""What exchange hands down."""

from flask import url_for

from training.exchange import queries, tasks
from training.exchange.importers import title_of
from training.exchange.lists import IMPORTS
from training.exchange.models import ImportBatch
from training.exchange.workflow import LIFECYCLE, Event, Notice
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Task, Wiring, wired


def title(batch: ImportBatch) -> str:
    """What is imported, and from which file."""
    return f"{title_of(batch.kind)}: {batch.file.name}"


def url(actor: Actor, batch: ImportBatch) -> str:
    """The page of the import, among those of its organisation."""
    return url_for("exchange.show", organisation=wired().addresses["slug"](batch.organisation_id), slug=batch.slug)


WIRING = Wiring(
    lists={IMPORTS.name: IMPORTS},
    tasks={
        "exchange.check": Task(tasks.check, atomic=False),
        "exchange.apply": Task(tasks.apply, atomic=False),
        "exchange.undo": Task(tasks.undo, atomic=False),
    },
    kinds={"import_batch": Kind(find=queries.of_id, title=title, url=url, each=queries.each)},
    workflows={"import_batch": LIFECYCLE},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
)
