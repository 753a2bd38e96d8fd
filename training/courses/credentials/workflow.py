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


class Event(kernel.Event):
    """What happens to credentials."""

    DRAFTED = "credential.drafted", _l("Credential proposed")
    ISSUED = "credential.issued", _l("Issued")
    DROPPED = "credential.dropped", _l("Not issued")
    RENDERED = "credential.rendered", _l("Document made")
    REVOKED = "credential.revoked", _l("Revoked")


class Notice(kernel.Notice):
    """What holders are told."""

    ISSUED = "credential.issued"
    REVOKED = "credential.revoked"


LIFECYCLE = Workflow(
    {
        "issue": Transition([State.DRAFT], State.ISSUED, by="awards.confirm"),
        "drop": Transition([State.DRAFT], State.DROPPED, by="awards.turn_down"),
        "revoke": Transition([State.ISSUED], State.REVOKED, reason=True, by="revocations.confirm"),
    }
)
