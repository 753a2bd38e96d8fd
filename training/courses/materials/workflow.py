"""A material's life: it is shown to the cohort, taken down, put back."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a material stands."""

    SHOWN = "shown", _l("Shown"), "success"
    WITHDRAWN = "withdrawn", _l("Taken down"), "secondary"


class Event(kernel.Event):
    """What happens to materials."""

    ADDED = "material.added", _l("Material added")
    EDITED = "material.edited", _l("Material changed")
    PLACED = "material.placed", _l("Material put in another place")
    WITHDRAWN = "material.withdrawn", _l("Material taken down")
    PUT_BACK = "material.put_back", _l("Material put back")


class Notice(kernel.Notice):
    """What a cohort is told, once a day at most."""

    ADDED = "material.added"


LIFECYCLE = Workflow(
    {
        "withdraw": Transition([State.SHOWN], State.WITHDRAWN),
        "put_back": Transition([State.WITHDRAWN], State.SHOWN),
    }
)
