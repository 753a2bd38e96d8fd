"""What badges hand down."""

from datetime import timedelta

from training.courses.badges import tasks
from training.courses.badges.workflow import Event
from training.kernel.wiring import Schedule, Task, Wiring

WIRING = Wiring(
    tasks={"badges.ensure_keys": Task(tasks.ensure_keys, atomic=False)},
    schedules={"badges.ensure_keys": Schedule("badges.ensure_keys", every=timedelta(days=1))},
    events={event.value: event for event in Event},
)
