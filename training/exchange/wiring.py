"""What exchange hands down."""

from flask import url_for

from training.exchange import queries, tasks
from training.exchange.importers import importers
from training.exchange.lists import IMPORTS
from training.exchange.models import ImportBatch
from training.exchange.workflow import LIFECYCLE, Event
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Task, Wiring


def title(batch: ImportBatch) -> str:
    """What is imported."""
    importer = importers().get(batch.kind)
    return str(importer.title) if importer else batch.kind


def url(actor: Actor, batch: ImportBatch) -> str:
    """The page of the import."""
    return url_for("exchange.show", slug=batch.slug)


WIRING = Wiring(
    lists={IMPORTS.name: IMPORTS},
    tasks={"exchange.check": Task(tasks.check, atomic=False), "exchange.apply": Task(tasks.apply, atomic=False)},
    kinds={"import_batch": Kind(find=queries.of_id, title=title, url=url)},
    workflows={"import_batch": LIFECYCLE},
    events={event.value: event for event in Event},
)
