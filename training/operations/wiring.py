"""What operations hand down."""

from datetime import timedelta

from training.kernel.wiring import Schedule, Task, Wiring
from training.operations import demonstration, tasks
from training.operations.lists import DELIVERIES, JOBS
from training.operations.workflow import Event

WIRING = Wiring(
    lists={one.name: one for one in (DELIVERIES, JOBS)},
    tasks={"audit.seal": Task(tasks.seal), demonstration.TASK: Task(tasks.reset_demonstration, atomic=False)},
    schedules={"audit.seal": Schedule("audit.seal", every=timedelta(minutes=10))},
    events={event.value: event for event in Event},
)
