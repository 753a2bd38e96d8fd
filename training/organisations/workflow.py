"""An organisation's life: it asks to be verified, then takes part."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an organisation stands."""

    PENDING = "pending", _l("Waiting to be verified"), "warning"
    VERIFIED = "verified", _l("Verified"), "success"
    SUSPENDED = "suspended", _l("Suspended"), "danger"
    CLOSED = "closed", _l("Closed"), "secondary"


class Event(kernel.Event):
    """What happens to organisations."""

    FOUNDED = "organisation.founded", _l("Registered")
    VERIFIED = "organisation.verified", _l("Verified")
    SUSPENDED = "organisation.suspended", _l("Suspended")
    REINSTATED = "organisation.reinstated", _l("Taken up again")
    CLOSED = "organisation.closed", _l("Closed")
    EDITED = "organisation.edited", _l("Details changed")
    SITE_ADDED = "organisation.site_added", _l("Site added")
    STEPS_DISMISSED = "organisation.steps_dismissed", _l("First steps put away")
    STEPS_RESTORED = "organisation.steps_restored", _l("First steps brought back")


class Notice(kernel.Notice):
    """What the people of an organisation are told."""

    VERIFIED = "organisation.verified"
    SUSPENDED = "organisation.suspended", _l("It decides what your organisation can do here.")
    REINSTATED = "organisation.reinstated"
    CLOSED = "organisation.closed", _l("It decides what your organisation can do here.")


LIFECYCLE = Workflow(
    {
        "verify": Transition([State.PENDING], State.VERIFIED),
        "certify": Transition([State.PENDING], State.VERIFIED, by=SYSTEM),
        "suspend": Transition([State.VERIFIED], State.SUSPENDED, reason=True),
        "reinstate": Transition([State.SUSPENDED], State.VERIFIED),
        "close": Transition([State.PENDING, State.VERIFIED, State.SUSPENDED], State.CLOSED, reason=True),
    },
    turns={State.PENDING: Turn(Party.AUTHORITY, "verify", roles=(Role.COORDINATOR,), days=5)},
)
