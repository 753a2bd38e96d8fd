"""The life of a signed paper that came back: brought by one person, compared by another."""

from training.internships.agreements.workflow import SIGNERS
from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a scan stands."""

    BROUGHT = "brought", _l("To be compared"), "warning"
    CONFIRMED = "confirmed", _l("Confirmed"), "success"
    TURNED_DOWN = "turned_down", _l("Not taken"), "danger"


class Event(kernel.Event):
    """What happens to a scan."""

    BROUGHT = "agreement_scan.brought", _l("Signed paper brought in")
    CONFIRMED = "agreement_scan.confirmed", _l("Signed paper confirmed by a second person")
    TURNED_DOWN = "agreement_scan.turned_down", _l("Signed paper not taken")


class Notice(kernel.Notice):
    """What whoever brought it is told."""

    TURNED_DOWN = "agreement_scan.turned_down"


LIFECYCLE = Workflow(
    {
        "confirm": Transition([State.BROUGHT], State.CONFIRMED),
        "turn_down": Transition([State.BROUGHT], State.TURNED_DOWN, reason=True),
    },
    turns={State.BROUGHT: Turn(Party.SCHOOL, "confirm", roles=SIGNERS[Party.SCHOOL], days=5, second=True)},
)
