"""A reported problem's life: the operator answers it, or sets it aside."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a report stands."""

    REPORTED = "reported", _l("Waits for an answer"), "warning"
    ANSWERED = "answered", _l("Answered"), "success"
    CLOSED = "closed", _l("Set aside"), "secondary"


class Event(kernel.Event):
    """What happens to reports."""

    REPORTED = "problem.reported", _l("Reported")
    ANSWERED = "problem.answered", _l("Answered")
    CLOSED = "problem.closed", _l("Set aside")


class Notice(kernel.Notice):
    """What the operator and whoever reported are told."""

    REPORTED = "problem.reported"
    ANSWERED = "problem.answered"
    CLOSED = "problem.closed"


LIFECYCLE = Workflow(
    {
        "answer": Transition([State.REPORTED], State.ANSWERED),
        "close": Transition([State.REPORTED], State.CLOSED),
    },
    turns={State.REPORTED: Turn(Party.OPERATOR, "answer", roles=(Role.OPERATOR,), days=3)},
)
