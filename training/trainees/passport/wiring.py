"""What passports hand down."""

from training.kernel.wiring import Wiring
from training.trainees.passport.workflow import Event

WIRING = Wiring(events={event.value: event for event in Event})
