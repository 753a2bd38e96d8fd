"""A credential's life: issued, perhaps revoked."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a credential stands."""

    ISSUED = "issued", _l("Valid"), "success"
    REVOKED = "revoked", _l("Revoked"), "danger"


class Event(kernel.Event):
    """What happens to credentials."""

    ISSUED = "credential.issued", _l("Issued")
    RENDERED = "credential.rendered", _l("Document made")
    REVOKED = "credential.revoked", _l("Revoked")


class Notice(kernel.Notice):
    """What holders are told."""

    ISSUED = "credential.issued"
    REVOKED = "credential.revoked"


LIFECYCLE = Workflow({"revoke": Transition([State.ISSUED], State.REVOKED, reason=True)})
