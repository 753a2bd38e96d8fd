"""An allocation's life: proposed by a recruiter, approved by a manager, answered by the person; the seat is the employer's again at each end."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an allocation stands."""

    PROPOSED = "proposed", _l("Waits for approval"), "warning"
    ALLOCATED = "allocated", _l("Seat kept"), "info"
    ACCEPTED = "accepted", _l("Accepted"), "success"
    DECLINED = "declined", _l("Declined by the person"), "danger"
    CANCELLED = "cancelled", _l("Cancelled"), "secondary"
    EXPIRED = "expired", _l("Not answered"), "secondary"
    REVERSED = "reversed", _l("Left again"), "danger"


class Progress(kernel.State):
    """How far somebody who accepted is: no more than that is the employer's to know."""

    STUDIES = "studies", _l("Studies"), "success"
    COMPLETED = "completed", _l("Completed"), "success"
    LEFT = "left", _l("Left"), "secondary"


LIVE = (State.PROPOSED, State.ALLOCATED, State.ACCEPTED)
"""Those who take up one of the seats."""
OPEN = (State.PROPOSED, State.ALLOCATED)
"""Those whose seat is promised, not taken."""


class Event(kernel.Event):
    """What happens to allocations."""

    PROPOSED = "allocation.proposed", _l("Nominated")
    ALLOCATED = "allocation.allocated", _l("Nomination approved")
    ACCEPTED = "allocation.accepted", _l("Nomination accepted")
    DECLINED = "allocation.declined", _l("Nomination declined")
    CANCELLED = "allocation.cancelled", _l("Nomination cancelled by the employer")
    EXPIRED = "allocation.expired", _l("Nomination not answered in time")
    RELEASED = "allocation.released", _l("Nomination over: the cohort was cancelled")
    REVERSED = "allocation.reversed", _l("Left before completing; the seat is the employer's again")
    MET = "allocation.met", _l("Nominee known by the e-mail address")


class Notice(kernel.Notice):
    """What nominees and employers are told."""

    PROPOSED = "allocation.proposed"
    ALLOCATED = "allocation.allocated", _l("A seat that is kept for somebody is lost when its day passes without an answer.")
    ACCEPTED = "allocation.accepted"
    DECLINED = "allocation.declined"
    CANCELLED = "allocation.cancelled"
    EXPIRED = "allocation.expired"
    REVERSED = "allocation.reversed"


LIFECYCLE = Workflow(
    {
        "approve": Transition([State.PROPOSED], State.ALLOCATED),
        "accept": Transition([State.ALLOCATED], State.ACCEPTED),
        "decline": Transition([State.ALLOCATED], State.DECLINED, reason=True),
        "cancel": Transition([State.PROPOSED, State.ALLOCATED], State.CANCELLED, reason=True),
        "expire": Transition([State.PROPOSED, State.ALLOCATED], State.EXPIRED, by=SYSTEM),
        "release": Transition([State.PROPOSED, State.ALLOCATED], State.CANCELLED, by=SYSTEM),
        "reverse": Transition([State.ACCEPTED], State.REVERSED, by=SYSTEM),
    },
    turns={State.ALLOCATED: Turn(Party.TRAINEE, "accept", days=14, silence="expire")},
)
