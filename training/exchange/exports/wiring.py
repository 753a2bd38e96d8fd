"""What exports hand down."""

from datetime import timedelta
from typing import Any

from flask import url_for

from training.exchange.exports import queries, tasks
from training.exchange.exports.models import Export
from training.exchange.exports.workflow import LIFECYCLE, Event, Notice
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Schedule, Task, Wiring, wired


def title(export: Export) -> str:
    """Which list it is."""
    listing = wired().lists.get(export.listing)
    return str(listing.title) if listing else export.title


def page(actor: Actor, export: Export) -> str:
    """Where its owner finds it."""
    door: dict[str, Any] = {"organisation": export.organisation} if export.organisation else {}
    return url_for("exchange.exports.show", slug=export.slug, **door)


WIRING = Wiring(
    tasks={"exports.make": Task(tasks.make, atomic=False), "exports.remove_over": Task(tasks.remove_over)},
    schedules={"exports.remove_over": Schedule("exports.remove_over", timedelta(hours=1))},
    kinds={"export": Kind(find=queries.of_id, title=title, url=page)},
    workflows={"export": LIFECYCLE},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
)
