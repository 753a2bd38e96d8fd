"""How a document comes to be, and goes."""

from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow
from training.kernel.workflow import Event as BaseEvent
from training.kernel.workflow import State as BaseState


class State(BaseState):
    """Where a document stands."""

    MAKING = "making", _l("Being made"), "primary"
    MADE = "made", _l("Ready"), "success"
    FAILED = "failed", _l("Not made"), "danger"
    GONE = "gone", _l("No longer kept"), "secondary"


class Event(BaseEvent):
    """What happens to a document."""

    ASKED = "printout.asked", _l("A document was asked for")


LIFECYCLE = Workflow(
    {
        "finish": Transition([State.MAKING], State.MADE, by=SYSTEM),
        "fail": Transition([State.MAKING], State.FAILED, by=SYSTEM),
        "remove": Transition([State.MADE], State.GONE, by=SYSTEM),
    }
)
