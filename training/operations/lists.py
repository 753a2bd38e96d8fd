"""The background work, as a list."""

from collections.abc import Sequence
from typing import Any

from training.jobs.models import Job, JobState
from training.jobs.policies import visible_to
from training.jobs.queries import counts
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor
from training.operations.policies import can_run

_STATE = of_kind("state", _l("State"), Job.state, JobState)


def states(actor: Actor, subject: object) -> Sequence[tuple[Any, ...]]:
    """Where jobs stand, each with how many."""
    numbers = counts(actor)
    return [(state.value, state.label, numbers[state]) for state in JobState]


JOBS = Listing(
    name="jobs",
    title=_l("Jobs"),
    endpoint="operations.jobs",
    may=can_run,
    rows=visible_to,
    key=Job.id,
    words=_l("Name of the task"),
    word=lambda text: Job.task.contains(text, autoescape=True),
    filters=(Filter(_STATE.name, _STATE.label, _STATE.where, states),),
    sorts=(
        Sort("number", _l("Number"), Order.NUMBER, (Job.id,)),
        Sort("runs", _l("Runs"), Order.DAY, (Job.run_at,)),
        Sort("task", _l("Task"), Order.TEXT, (Job.task,)),
    ),
    first="-number",
    columns=(
        OutColumn(_l("Number"), lambda row: row.id),
        OutColumn(_l("Task"), lambda row: row.task),
        OutColumn(_l("State"), lambda row: row.state),
        OutColumn(_l("Runs"), lambda row: row.run_at),
        OutColumn(_l("Attempts"), lambda row: row.attempts),
        OutColumn(_l("What went wrong"), lambda row: row.error),
    ),
)
