"""The life of a paper that came back: brought by one person, compared by another."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a paper stands."""

    BROUGHT = "brought", _l("To be compared"), "warning"
    CONFIRMED = "confirmed", _l("Confirmed"), "success"
    TURNED_DOWN = "turned_down", _l("Not taken"), "danger"


class Says(kernel.State):
    """What is marked on the paper."""

    AGREES = "agrees", _l("Agrees"), "success"
    REFUSES = "refuses", _l("Does not agree"), "danger"


class Event(kernel.Event):
    """What happens to a paper."""

    BROUGHT = "consent_paper.brought", _l("Signed paper brought in")
    CONFIRMED = "consent_paper.confirmed", _l("Signed paper confirmed by a second person")
    TURNED_DOWN = "consent_paper.turned_down", _l("Signed paper not taken")


LIFECYCLE = Workflow(
    {
        "confirm": Transition([State.BROUGHT], State.CONFIRMED),
        "turn_down": Transition([State.BROUGHT], State.TURNED_DOWN, reason=True),
    },
    turns={State.BROUGHT: Turn(Party.SCHOOL, "confirm", roles=(Role.MANAGER, Role.PLACEMENT_OFFICER, Role.TEACHER), days=5, second=True)},
)
