"""A remark's life: open until it is answered, then settled by the side that made it; publishing ends what is left."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a remark stands."""

    OPEN = "open", _l("Open"), "warning"
    ANSWERED = "answered", _l("Answered"), "info"
    SETTLED = "settled", _l("Settled"), "success"
    LEFT = "left", _l("Left as it was"), "secondary"


class Section(kernel.State):
    """What of a version a remark is about."""

    DETAILS = "details", _l("Details"), "secondary"
    MODULES = "modules", _l("All modules together"), "secondary"
    MODULE = "module", _l("A module"), "secondary"
    OUTCOME = "outcome", _l("An outcome"), "secondary"


class Event(kernel.Event):
    """What happens to remarks."""

    ADDED = "remark.added", _l("Remark made")
    ANSWERED = "remark.answered", _l("Remark answered")
    SETTLED = "remark.settled", _l("Remark settled")
    LEFT = "remark.left", _l("Remark left as it was when the version was finished")


class Notice(kernel.Notice):
    """What both sides are told."""

    ADDED = "remark.added"
    ANSWERED = "remark.answered"
    SETTLED = "remark.settled"


WRITERS = (Role.MANAGER, Role.TEACHER)
"""Who writes programmes at a school, and answers."""
UNSETTLED = (State.OPEN, State.ANSWERED)

LIFECYCLE = Workflow(
    {
        "answer": Transition([State.OPEN], State.ANSWERED),
        "settle": Transition([State.OPEN, State.ANSWERED], State.SETTLED),
        "leave": Transition([State.OPEN, State.ANSWERED], State.LEFT, by=SYSTEM),
    },
    turns={
        State.OPEN: Turn(Party.SCHOOL, "answer", roles=WRITERS, days=14, second=True),
        State.ANSWERED: Turn(Party.EMPLOYER, "settle", roles=(Role.MANAGER,), days=14),
    },
)
