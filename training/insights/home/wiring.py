"""What home pages hand down."""

from datetime import timedelta

from training.insights.home import tasks
from training.kernel.wiring import Schedule, Task, Wiring

WIRING = Wiring(
    tasks={"home.finish_steps": Task(tasks.finish_steps)},
    schedules={"home.finish_steps": Schedule("home.finish_steps", every=timedelta(minutes=10))},
)
