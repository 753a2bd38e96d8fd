"""A consent's life."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a consent stands."""

    ASKED = "asked", _l("Asked for"), "warning"
    GIVEN = "given", _l("Given"), "success"
    REFUSED = "refused", _l("Refused"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "secondary"


class Purpose(kernel.State):
    """What is agreed to."""

    EMPLOYERS = "employers", _l("Employers see the profile"), "info"
    """Of a minor it is the guardian's to give; it opens the profile to the employers of internships and applications."""


class Event(kernel.Event):
    """What happens to a consent."""

    ASKED = "consent.asked", _l("Guardian asked for consent")
    GIVEN = "consent.given", _l("Consent given")
    REFUSED = "consent.refused", _l("Consent refused")
    WITHDRAWN = "consent.withdrawn", _l("Consent withdrawn")


class Notice(kernel.Notice):
    """What the guardian and the trainee are told."""

    ASKED = "consent.asked"
    GIVEN = "consent.given"
    REFUSED = "consent.refused"
    WITHDRAWN = "consent.withdrawn"


LIFECYCLE = Workflow(
    {
        "give": Transition([State.ASKED, State.REFUSED, State.WITHDRAWN], State.GIVEN),
        "refuse": Transition([State.ASKED], State.REFUSED),
        "withdraw": Transition([State.GIVEN], State.WITHDRAWN),
    },
    turns={State.ASKED: Turn(Party.GUARDIAN, "give", days=7)},
)
