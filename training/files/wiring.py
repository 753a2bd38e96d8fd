"""What files hand down."""

from datetime import timedelta

from training.files import tasks
from training.kernel.wiring import Schedule, Task, Wiring

WIRING = Wiring(
    tasks={"files.sweep": Task(tasks.sweep, atomic=False)},
    schedules={"files.sweep": Schedule("files.sweep", timedelta(hours=6))},
)
