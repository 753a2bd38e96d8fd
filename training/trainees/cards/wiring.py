"""What login cards hand down."""

from datetime import timedelta

from training.kernel.wiring import Schedule, Task, Wiring
from training.trainees.cards import tasks
from training.trainees.cards.lists import CARDS
from training.trainees.cards.workflow import Event

WIRING = Wiring(
    lists={CARDS.name: CARDS},
    tasks={"cards.print": Task(tasks.print_sheet, atomic=False), "cards.let_go": Task(tasks.let_go)},
    schedules={"cards.let_go": Schedule("cards.let_go", every=timedelta(hours=1))},
    events={event.value: event for event in Event},
)
