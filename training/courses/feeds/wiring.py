"""What feeds hand down."""

from training.courses.feeds.workflow import Event
from training.kernel.wiring import Wiring

WIRING = Wiring(events={event.value: event for event in Event})
