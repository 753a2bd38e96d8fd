"""A team's life: it forms, and is sent in once; what follows is said of its people's enrolments."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow

FEWEST, MOST = 2, 10
"""How many people a team is when it is sent in."""


class State(kernel.State):
    """Where a team stands."""

    FORMING = "forming", _l("Forming"), "warning"
    SENT = "sent", _l("Sent in"), "success"
    DISSOLVED = "dissolved", _l("Dissolved"), "secondary"


class Standing(kernel.State):
    """Where a team that was sent in stands, by its people's enrolments."""

    CALLED = "called", _l("Seats held, waits for answers"), "warning"
    WAITING = "waiting", _l("In the queue"), "info"
    AGAIN = "again", _l("Thinks again"), "warning"
    SEATED = "seated", _l("Has its seats"), "success"
    GONE = "gone", _l("Nobody is left"), "secondary"


class Event(kernel.Event):
    """What happens to teams."""

    STARTED = "team.started", _l("Team started")
    JOINED = "team.joined", _l("Joined the team")
    LEFT = "team.left", _l("Left the team")
    SENT_IN = "team.sent_in", _l("Team sent in")
    SENT_AGAIN = "team.sent_again", _l("The rest of the team sent in again")
    DISSOLVED = "team.dissolved", _l("Team dissolved")
    CLOSED = "team.closed", _l("Team dissolved: applications are closed")


class Notice(kernel.Notice):
    """What people of a team are told; what becomes of their seats is told by enrolments."""

    JOINED = "team.joined"
    LEFT = "team.left"
    DISSOLVED = "team.dissolved"


LIFECYCLE = Workflow(
    {
        "send_in": Transition([State.FORMING], State.SENT),
        "dissolve": Transition([State.FORMING], State.DISSOLVED),
        "close": Transition([State.FORMING], State.DISSOLVED, by=SYSTEM),
    }
)
