"""What résumés hand down."""

from training.kernel.wiring import Wiring
from training.trainees.resumes.workflow import Event

WIRING = Wiring(events={event.value: event for event in Event})
