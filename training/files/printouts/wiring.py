"""What documents to print hand down."""

from datetime import timedelta

from flask import url_for

from training.files.printouts import queries, tasks
from training.files.printouts.models import Printout
from training.files.printouts.workflow import LIFECYCLE, Event
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Schedule, Task, Wiring


def page(actor: Actor, printout: Printout) -> str:
    """Where its owner finds it."""
    return url_for("files.printouts.show", slug=printout.slug)


WIRING = Wiring(
    tasks={"printouts.make": Task(tasks.make), "printouts.remove_over": Task(tasks.remove_over)},
    schedules={"printouts.remove_over": Schedule("printouts.remove_over", timedelta(hours=1))},
    kinds={"printout": Kind(find=queries.of_id, title=lambda printout: printout.title, url=page)},
    workflows={"printout": LIFECYCLE},
    events={event.value: event for event in Event},
)
