"""What prerequisites hand down."""

from training.courses.prerequisites.workflow import Event
from training.kernel.wiring import Wiring

WIRING = Wiring(events={event.value: event for event in Event})
