"""What the search hands down: the index follows what happens to an organisation."""

from datetime import timedelta

from training.insights.search import tasks
from training.kernel.wiring import Schedule, Task, Wiring
from training.organisations.workflow import Event

FOLLOWED = (Event.VERIFIED, Event.SUSPENDED, Event.REINSTATED, Event.CLOSED, Event.EDITED)

WIRING = Wiring(
    tasks={"search.refresh": Task(tasks.refresh), "search.rebuild": Task(tasks.rebuild, atomic=False)},
    schedules={"search.rebuild": Schedule("search.rebuild", every=timedelta(days=1))},
    subscriptions={event.value: "search.refresh" for event in FOLLOWED},
)
