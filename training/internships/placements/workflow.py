"""A placement's life: asked for, approved by the school, accepted by the employer, agreed in writing, lived, completed."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a placement stands."""

    REQUESTED = "requested", _l("Waiting for the school"), "warning"
    APPROVED = "approved", _l("Waiting for the employer"), "warning"
    ACCEPTED = "accepted", _l("Accepted, agreement to be signed"), "warning"
    AGREED = "agreed", _l("Agreed"), "success"
    ACTIVE = "active", _l("Active"), "success"
    COMPLETED = "completed", _l("Completed"), "success"
    REFUSED = "refused", _l("Refused"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "secondary"
    LAPSED = "lapsed", _l("Lapsed"), "secondary"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"
    BROKEN_OFF = "broken_off", _l("Broken off"), "danger"


LIVE = (State.REQUESTED, State.APPROVED, State.ACCEPTED, State.AGREED, State.ACTIVE)
"""States in which the trainee's days are spoken for."""
TAKEN = (State.ACCEPTED, State.AGREED, State.ACTIVE)
"""States in which a place of the opening and a part of the mentor's load are taken."""


class Event(kernel.Event):
    """What happens to placements."""

    REQUESTED = "placement.requested", _l("Requested")
    APPROVED = "placement.approved", _l("Approved by the school")
    ACCEPTED = "placement.accepted", _l("Accepted by the employer")
    AGREED = "placement.agreed", _l("Agreement signed by everybody")
    STARTED = "placement.started", _l("Started")
    COMPLETED = "placement.completed", _l("Completed")
    REFUSED = "placement.refused", _l("Refused")
    WITHDRAWN = "placement.withdrawn", _l("Withdrawn by the trainee")
    LAPSED = "placement.lapsed", _l("Lapsed: nobody answered in time")
    CANCELLED = "placement.cancelled", _l("Cancelled before it began")
    BROKEN_OFF = "placement.broken_off", _l("Broken off")
    HANDED_OVER = "placement.handed_over", _l("In other hands: a colleague takes over")
    UNSUPERVISED = "placement.unsupervised", _l("No supervisor by name any more")


class Notice(kernel.Notice):
    """What the people of a placement are told."""

    REQUESTED = "placement.requested"
    APPROVED = "placement.approved"
    ACCEPTED = "placement.accepted"
    AGREED = "placement.agreed"
    STARTED = "placement.started"
    COMPLETED = "placement.completed"
    REFUSED = "placement.refused"
    WITHDRAWN = "placement.withdrawn"
    LAPSED = "placement.lapsed"
    CANCELLED = "placement.cancelled"
    BROKEN_OFF = "placement.broken_off"
    HANDED_OVER = "placement.handed_over"
    UNSUPERVISED = "placement.unsupervised"


_SCHOOL = (Role.PLACEMENT_OFFICER, Role.MANAGER)

LIFECYCLE = Workflow(
    {
        "approve": Transition([State.REQUESTED], State.APPROVED),
        "accept": Transition([State.APPROVED], State.ACCEPTED),
        "refuse": Transition([State.REQUESTED, State.APPROVED], State.REFUSED, reason=True),
        "withdraw": Transition([State.REQUESTED, State.APPROVED, State.ACCEPTED], State.WITHDRAWN, reason=True),
        "lapse": Transition([State.REQUESTED, State.APPROVED], State.LAPSED, by=SYSTEM),
        "agree": Transition([State.ACCEPTED], State.AGREED, by="agreements.sign"),
        "start": Transition([State.AGREED], State.ACTIVE),
        "complete": Transition([State.ACTIVE], State.COMPLETED, by="evaluations.complete"),
        "cancel": Transition([State.ACCEPTED, State.AGREED], State.CANCELLED, reason=True),
        "break_off": Transition([State.ACTIVE], State.BROKEN_OFF, reason=True),
    },
    turns={
        State.REQUESTED: Turn(Party.SCHOOL, "approve", roles=_SCHOOL, days=10, silence="lapse"),
        State.APPROVED: Turn(Party.EMPLOYER, "accept", roles=(Role.MANAGER,), days=10, silence="lapse"),
        State.ACCEPTED: Turn(Party.SCHOOL, "agree", roles=_SCHOOL, days=10),
        State.AGREED: Turn(Party.EMPLOYER, "start", roles=(Role.MANAGER,), silence="start"),
        State.ACTIVE: Turn(Party.EMPLOYER, "complete", roles=(Role.MANAGER,)),
    },
)
