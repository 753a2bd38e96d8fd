"""The life of a request that a module be recognised: asked with evidence, decided by a named teacher, perhaps revoked."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow

DECIDERS = (Role.TEACHER, Role.MANAGER)
"""Who decides, each in their own name."""


class State(kernel.State):
    """Where a request stands."""

    ASKED = "asked", _l("To be decided"), "warning"
    SENT_BACK = "sent_back", _l("Something is missing"), "warning"
    ACCEPTED = "accepted", _l("Recognised"), "success"
    REFUSED = "refused", _l("Not recognised"), "danger"
    WITHDRAWN = "withdrawn", _l("Taken back"), "secondary"
    REVOKED = "revoked", _l("Recognition revoked"), "danger"


OPEN = (State.ASKED, State.SENT_BACK)
"""Where a request stands that is not decided yet."""
STANDING = (*OPEN, State.ACCEPTED)
"""Of these there is one for an enrolment and module."""


class Verdict(kernel.State):
    """What somebody of the school decided."""

    ACCEPTED = "accepted", _l("Recognised"), "success"
    SENT_BACK = "sent_back", _l("Sent back"), "warning"
    REFUSED = "refused", _l("Not recognised"), "danger"
    REVOKED = "revoked", _l("Recognition revoked"), "danger"


class Event(kernel.Event):
    """What happens to a request."""

    ASKED = "recognition.asked", _l("Recognition asked for")
    AMENDED = "recognition.amended", _l("Words or evidence added")
    SENT_BACK = "recognition.sent_back", _l("Sent back")
    ACCEPTED = "recognition.accepted", _l("Recognised")
    REFUSED = "recognition.refused", _l("Not recognised")
    WITHDRAWN = "recognition.withdrawn", _l("Taken back by the trainee")
    REVOKED = "recognition.revoked", _l("Recognition revoked")


class Notice(kernel.Notice):
    """What the school and the trainee are told."""

    ASKED = "recognition.asked"
    AMENDED = "recognition.amended"
    SENT_BACK = "recognition.sent_back"
    ACCEPTED = "recognition.accepted"
    REFUSED = "recognition.refused"
    WITHDRAWN = "recognition.withdrawn"
    REVOKED = "recognition.revoked"


LIFECYCLE = Workflow(
    {
        "accept": Transition([State.ASKED], State.ACCEPTED),
        "send_back": Transition([State.ASKED], State.SENT_BACK, reason=True),
        "refuse": Transition([State.ASKED], State.REFUSED, reason=True),
        "amend": Transition([State.SENT_BACK], State.ASKED),
        "withdraw": Transition([*OPEN], State.WITHDRAWN),
        "revoke": Transition([State.ACCEPTED], State.REVOKED, reason=True),
    },
    turns={
        State.ASKED: Turn(Party.SCHOOL, "accept", roles=DECIDERS, days=14),  # ten working days
        State.SENT_BACK: Turn(Party.TRAINEE, "amend", days=14),
    },
)
