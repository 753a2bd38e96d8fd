"""What notices hand down: delivery, which waits for the network and so can be resumed."""

from training.kernel.wiring import Task, Wiring
from training.notices import tasks

WIRING = Wiring(tasks={"notices.deliver": Task(tasks.deliver, atomic=False)})
