"""What notices hand down: delivery, which waits for the network and so can be resumed, and the clockwork of mornings."""

from datetime import timedelta

from training.kernel.wiring import Schedule, Task, Wiring
from training.notices import tasks
from training.notices.workflow import Notice

WIRING = Wiring(
    tasks={
        "notices.deliver": Task(tasks.deliver, atomic=False),
        "notices.begin_mornings": Task(tasks.begin_mornings),
        "notices.deliver_morning": Task(tasks.deliver_morning, atomic=False),
    },
    schedules={"notices.begin_mornings": Schedule("notices.begin_mornings", every=timedelta(minutes=5))},
    notices={notice.value: notice for notice in Notice},
)
