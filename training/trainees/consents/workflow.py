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


class How(kernel.State):
    """How a guardian answered."""

    LINK = "link", _l("By link"), "secondary"
    PAPER = "paper", _l("On paper"), "secondary"
    WORD = "word", _l("By word to the school"), "secondary"


class Event(kernel.Event):
    """What happens to a consent."""

    ASKED = "consent.asked", _l("Guardian asked for consent")
    GIVEN = "consent.given", _l("Consent given")
    REFUSED = "consent.refused", _l("Consent refused")
    WITHDRAWN = "consent.withdrawn", _l("Consent withdrawn")
    LETTER_PRINTED = "consent.letter_printed", _l("Letter to the guardian made for printing")
    LINK_SENT = "consent.link_sent", _l("Fresh link sent to the guardian")


class Notice(kernel.Notice):
    """What the guardian, the trainee and the school are told."""

    ASKED = "consent.asked"
    GIVEN = "consent.given"
    REFUSED = "consent.refused"
    WITHDRAWN = "consent.withdrawn"
    ANSWERED = "consent.answered"
    LINK = "consent.link"


LIFECYCLE = Workflow(
    {
        "give": Transition([State.ASKED, State.REFUSED, State.WITHDRAWN], State.GIVEN),
        "refuse": Transition([State.ASKED], State.REFUSED),
        "withdraw": Transition([State.GIVEN], State.WITHDRAWN),
    },
    turns={State.ASKED: Turn(Party.GUARDIAN, "give", days=7)},
)
