"""What turns hand down: the clockwork of deadlines."""

from datetime import timedelta

from training.kernel.wiring import Schedule, Task, Wiring
from training.turns import tasks

WIRING = Wiring(
    tasks={"turns.expire": Task(tasks.expire), "turns.silence": Task(tasks.silence)},
    schedules={"turns.expire": Schedule("turns.expire", every=timedelta(minutes=1))},
)
