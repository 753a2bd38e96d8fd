"""What attendance hands down."""

from training.courses.attendance.lists import ATTENDANCE
from training.courses.attendance.workflow import Event
from training.kernel.wiring import Wiring

WIRING = Wiring(lists={ATTENDANCE.name: ATTENDANCE}, events={event.value: event for event in Event})
