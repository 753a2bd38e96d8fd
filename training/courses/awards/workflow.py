"""The life of a proposal to issue credentials: made by one person, confirmed by another, then carried out."""

from training.courses.credentials.policies import CONFIRMERS
from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a proposal stands."""

    PROPOSED = "proposed", _l("To be confirmed"), "warning"
    ISSUING = "issuing", _l("Being issued"), "primary"
    DONE = "done", _l("Issued"), "success"
    TURNED_DOWN = "turned_down", _l("Turned down"), "danger"
    TAKEN_BACK = "taken_back", _l("Taken back"), "secondary"


class Event(kernel.Event):
    """What happens to a proposal."""

    PROPOSED = "award.proposed", _l("Credentials proposed")
    CONFIRMED = "award.confirmed", _l("Confirmed by a second person")
    DONE = "award.done", _l("Credentials issued")
    TURNED_DOWN = "award.turned_down", _l("Proposal turned down")
    TAKEN_BACK = "award.taken_back", _l("Proposal taken back")


class Notice(kernel.Notice):
    """What the school's people are told."""

    PROPOSED = "award.proposed"
    DONE = "award.done"
    TURNED_DOWN = "award.turned_down"


LIFECYCLE = Workflow(
    {
        "confirm": Transition([State.PROPOSED], State.ISSUING),
        "turn_down": Transition([State.PROPOSED], State.TURNED_DOWN, reason=True),
        "take_back": Transition([State.PROPOSED], State.TAKEN_BACK),
        "finish": Transition([State.ISSUING], State.DONE, by=SYSTEM),
    },
    turns={State.PROPOSED: Turn(Party.SCHOOL, "confirm", roles=CONFIRMERS, days=5, second=True)},
)
