"""A credential's life: a draft until a second person confirms it, then issued, perhaps revoked."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a credential stands."""

    DRAFT = "draft", _l("To be confirmed"), "warning"
    ISSUED = "issued", _l("Valid"), "success"
    REVOKED = "revoked", _l("Revoked"), "danger"
    DROPPED = "dropped", _l("Not issued"), "secondary"


GIVEN = (State.ISSUED, State.REVOKED)
"""Where a credential stands that its holder has been given; nobody outside the school sees others."""


class Term(kernel.State):
    """What the calendar says of a credential that was issued."""

    EXPIRING = "expiring", _l("Expires soon"), "warning"
    EXPIRED = "expired", _l("Expired"), "danger"


SOON = 60
"""Days before its end from which a credential expires soon."""
REMINDED = (SOON, 14)
"""Days before its end on which the holder is reminded."""


class Event(kernel.Event):
    """What happens to credentials."""

    DRAFTED = "credential.drafted", _l("Credential proposed")
    ISSUED = "credential.issued", _l("Issued")
    DROPPED = "credential.dropped", _l("Not issued")
    RENDERED = "credential.rendered", _l("Document made")
    REVOKED = "credential.revoked", _l("Revoked")
    REMINDED = "credential.reminded", _l("Holder reminded that it expires")


class Notice(kernel.Notice):
    """What holders are told."""

    ISSUED = "credential.issued"
    REVOKED = "credential.revoked"
    EXPIRING = "credential.expiring"


LIFECYCLE = Workflow(
    {
        "issue": Transition([State.DRAFT], State.ISSUED, by="awards.confirm"),
        "drop": Transition([State.DRAFT], State.DROPPED, by="awards.turn_down"),
        "revoke": Transition([State.ISSUED], State.REVOKED, reason=True, by="revocations.confirm"),
    }
)
