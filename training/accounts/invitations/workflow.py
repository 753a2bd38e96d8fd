"""An invitation's life."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow


class State(kernel.State):
    """Where an invitation stands."""

    SENT = "sent", _l("Waiting for an answer"), "warning"
    ACCEPTED = "accepted", _l("Accepted"), "success"
    REVOKED = "revoked", _l("Taken back"), "secondary"
    LAPSED = "lapsed", _l("Not answered in time"), "secondary"


class Event(kernel.Event):
    """What happens to an invitation."""

    SENT = "invitation.sent", _l("Invited")
    ACCEPTED = "invitation.accepted", _l("Accepted")
    REVOKED = "invitation.revoked", _l("Taken back")
    LAPSED = "invitation.lapsed", _l("Not answered in time")


class Notice(kernel.Notice):
    """What the invited person and the inviter are told."""

    SENT = "invitation.sent"
    ACCEPTED = "invitation.accepted"


LIFECYCLE = Workflow(
    {
        "accept": Transition([State.SENT], State.ACCEPTED),
        "revoke": Transition([State.SENT], State.REVOKED),
        "lapse": Transition([State.SENT], State.LAPSED, by=SYSTEM),
    },
)
