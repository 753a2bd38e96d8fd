"""What the list of those at risk hands down."""

from training.insights.risks.lists import RISKS
from training.kernel.wiring import Wiring

WIRING = Wiring(lists={RISKS.name: RISKS})
