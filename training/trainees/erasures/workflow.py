"""The life of a request to be erased."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow

DAYS = 30
"""Within which a request is answered."""


class State(kernel.State):
    """Where a request stands."""

    ASKED = "asked", _l("Asked for"), "warning"
    WITHDRAWN = "withdrawn", _l("Taken back"), "secondary"
    ERASED = "erased", _l("Erased"), "success"


class Event(kernel.Event):
    """What happens to a request."""

    ASKED = "erasure.asked", _l("Erasure asked for")
    WITHDRAWN = "erasure.withdrawn", _l("Request for erasure taken back")
    ERASED = "erasure.erased", _l("Erased, but for what the law holds")


class Notice(kernel.Notice):
    """What the school and the operator are told."""

    ASKED = "erasure.asked"
    WITHDRAWN = "erasure.withdrawn"


LIFECYCLE = Workflow(
    {
        "withdraw": Transition([State.ASKED], State.WITHDRAWN),
        "erase": Transition([State.ASKED, State.ERASED], State.ERASED, by="flask privacy erase"),
    },
    turns={State.ASKED: Turn(Party.OPERATOR, "erase", days=DAYS)},
)
