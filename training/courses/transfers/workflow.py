"""A transfer's life: asked by the trainee, accepted by one school, confirmed by the other, completed on its day."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a transfer stands."""

    ASKED = "asked", _l("Asked for"), "warning"
    ACCEPTED = "accepted", _l("Seat kept"), "warning"
    CONFIRMED = "confirmed", _l("Agreed by both schools"), "info"
    COMPLETED = "completed", _l("Moved"), "success"
    DECLINED = "declined", _l("Not accepted"), "danger"
    REFUSED = "refused", _l("Not let go yet"), "danger"
    WITHDRAWN = "withdrawn", _l("Taken back"), "secondary"
    LAPSED = "lapsed", _l("Came to nothing"), "secondary"


OPEN = (State.ASKED, State.ACCEPTED, State.CONFIRMED)
"""Where a transfer stands that is not over; an enrolment has one of these at most."""
SEATED = (State.ACCEPTED, State.CONFIRMED)
"""Where it holds a seat of the other school."""
READ = (*OPEN, State.COMPLETED)
"""Where the receiving school reads what the trainee has passed."""


class Event(kernel.Event):
    """What happens to transfers."""

    ASKED = "transfer.asked", _l("Asked to move to another school")
    ACCEPTED = "transfer.accepted", _l("Accepted by the other school, which keeps a seat")
    DECLINED = "transfer.declined", _l("Not accepted by the other school")
    CONFIRMED = "transfer.confirmed", _l("Departure confirmed")
    REFUSED = "transfer.refused", _l("Departure refused")
    WITHDRAWN = "transfer.withdrawn", _l("Taken back by the trainee")
    COMPLETED = "transfer.completed", _l("Moved to the other school")
    LAPSED = "transfer.lapsed", _l("Came to nothing")


class Notice(kernel.Notice):
    """What the trainee and the schools are told."""

    ASKED = "transfer.asked"
    ACCEPTED = "transfer.accepted"
    DECLINED = "transfer.declined"
    CONFIRMED = "transfer.confirmed"
    REFUSED = "transfer.refused"
    WITHDRAWN = "transfer.withdrawn"
    COMPLETED = "transfer.completed"
    LAPSED = "transfer.lapsed"


LIFECYCLE = Workflow(
    {
        "accept": Transition([State.ASKED], State.ACCEPTED),
        "decline": Transition([State.ASKED, State.ACCEPTED], State.DECLINED, reason=True),
        "confirm": Transition([State.ACCEPTED], State.CONFIRMED),
        "refuse": Transition([State.ACCEPTED], State.REFUSED, reason=True),
        "withdraw": Transition([*OPEN], State.WITHDRAWN),
        "complete": Transition([State.CONFIRMED], State.COMPLETED, by=SYSTEM),
        "lapse": Transition([*OPEN], State.LAPSED, by=SYSTEM),
    },
    turns={
        State.ASKED: Turn(Party.SCHOOL, "accept", roles=(Role.MANAGER,), days=14),
        State.ACCEPTED: Turn(Party.SCHOOL, "confirm", roles=(Role.MANAGER,), days=14),
    },
)
