"""What copies hand down."""

from datetime import timedelta

from flask import url_for

from training.kernel.i18n import _
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Schedule, Task, Wiring
from training.trainees.exports import queries, tasks
from training.trainees.exports.models import DataExport
from training.trainees.exports.workflow import Event, Notice


def title(export: DataExport) -> str:
    """What it is."""
    return _("Copy of your data")


def page(actor: Actor, export: DataExport) -> str:
    """The page of one's data."""
    return url_for("trainees.exports.own")


WIRING = Wiring(
    tasks={"data_exports.make": Task(tasks.make, atomic=False), "data_exports.expire": Task(tasks.expire)},
    schedules={"data_exports.expire": Schedule("data_exports.expire", every=timedelta(hours=1))},
    kinds={"data_export": Kind(find=queries.export, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
)
