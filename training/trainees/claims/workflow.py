"""A claim's life: sent by the school, accepted by the trainee, taken back, or not answered in time."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow


class State(kernel.State):
    """Where a claim stands."""

    SENT = "sent", _l("Waiting for an answer"), "warning"
    ACCEPTED = "accepted", _l("Accepted"), "success"
    REVOKED = "revoked", _l("Taken back"), "secondary"
    LAPSED = "lapsed", _l("Not answered in time"), "secondary"


class Event(kernel.Event):
    """What happens to a claim."""

    SENT = "claim.sent", _l("Invited to take over the record")
    ACCEPTED = "claim.accepted", _l("Accepted")
    REVOKED = "claim.revoked", _l("Taken back")
    LAPSED = "claim.lapsed", _l("Not answered in time")


class Notice(kernel.Notice):
    """What somebody from the roster is told."""

    SENT = "claim.sent"


LIFECYCLE = Workflow(
    {
        "accept": Transition([State.SENT], State.ACCEPTED),
        "revoke": Transition([State.SENT], State.REVOKED),
        "lapse": Transition([State.SENT], State.LAPSED, by=SYSTEM),
    },
)
