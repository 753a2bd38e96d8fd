"""What talent hands down."""

from training.candidates.talent.lists import TALENT
from training.candidates.talent.workflow import Event, Notice
from training.kernel.wiring import Wiring

WIRING = Wiring(
    lists={TALENT.name: TALENT}, events={event.value: event for event in Event}, notices={notice.value: notice for notice in Notice}
)
"""An invitation is told of as the vacancy it is for."""
