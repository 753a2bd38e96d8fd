"""What exchange hands down."""

from flask import url_for

from training.exchange import queries, tasks
from training.exchange.importers import importers
from training.exchange.lists import IMPORTS
from training.exchange.models import ImportBatch
from training.exchange.workflow import LIFECYCLE, Event, Notice
from training.kernel.policy import Actor, System
from training.kernel.wiring import Kind, Task, Wiring, wired


def title(batch: ImportBatch) -> str:
    """What is imported."""
    importer = importers().get(batch.kind)
    return str(importer.title) if importer else batch.kind


def url(actor: Actor, batch: ImportBatch) -> str:
    """The page of the import, among those of its organisation."""
    organisation = wired().kinds["organisation"].find(System("exchange"), batch.organisation_id)
    return url_for("exchange.show", organisation=organisation.slug, slug=batch.slug)


WIRING = Wiring(
    lists={IMPORTS.name: IMPORTS},
    tasks={"exchange.check": Task(tasks.check, atomic=False), "exchange.apply": Task(tasks.apply, atomic=False)},
    kinds={"import_batch": Kind(find=queries.of_id, title=title, url=url)},
    workflows={"import_batch": LIFECYCLE},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
)
