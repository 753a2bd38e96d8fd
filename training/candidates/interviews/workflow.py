"""An interview's life: proposed, confirmed by the candidate, held."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an interview stands."""

    PROPOSED = "proposed", _l("Proposed"), "warning"
    CONFIRMED = "confirmed", _l("Confirmed"), "success"
    HELD = "held", _l("Took place"), "secondary"
    DECLINED = "declined", _l("Declined by the candidate"), "danger"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


class Event(kernel.Event):
    """What happens to interviews."""

    PROPOSED = "interview.proposed", _l("Interview proposed")
    CONFIRMED = "interview.confirmed", _l("Interview confirmed")
    DECLINED = "interview.declined", _l("Interview declined")
    HANDED_OVER = "interview.handed_over", _l("Another interviewer")
    LEFT = "interview.left", _l("An interviewer sits in it no more")
    CANCELLED = "interview.cancelled", _l("Interview cancelled")
    HELD = "interview.held", _l("Interview held")


class Notice(kernel.Notice):
    """What the candidate and the interviewers are told."""

    PROPOSED = "interview.proposed"
    CONFIRMED = "interview.confirmed"
    DECLINED = "interview.declined"
    CANCELLED = "interview.cancelled"
    TAKEN_OVER = "interview.taken_over"
    HANDED_OVER = "interview.handed_over"


LIFECYCLE = Workflow(
    {
        "confirm": Transition([State.PROPOSED], State.CONFIRMED),
        "decline": Transition([State.PROPOSED, State.CONFIRMED], State.DECLINED, reason=True),
        "cancel": Transition([State.PROPOSED, State.CONFIRMED], State.CANCELLED, reason=True),
        "conclude": Transition([State.PROPOSED, State.CONFIRMED], State.HELD),
    },
    turns={
        State.PROPOSED: Turn(Party.TRAINEE, "confirm"),
        State.CONFIRMED: Turn(Party.EMPLOYER, "conclude", roles=(Role.RECRUITER, Role.MANAGER)),
    },
)
