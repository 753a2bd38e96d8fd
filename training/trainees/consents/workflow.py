"""A consent's life."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a consent stands."""

    WANTED = "wanted", _l("Guardian to be named"), "warning"
    ASKED = "asked", _l("Asked for"), "warning"
    GIVEN = "given", _l("Given"), "success"
    REFUSED = "refused", _l("Refused"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "secondary"
    LAPSED = "lapsed", _l("No longer needed"), "secondary"


class Purpose(kernel.State):
    """What is agreed to."""

    EMPLOYERS = "employers", _l("Employers see the profile"), "info"
    """Of a minor it is the guardian's to give; it opens the profile to the employers of internships and applications."""
    ADMISSION = "admission", _l("A seat at a school is taken"), "info"
    TRANSFER = "transfer", _l("Study goes on at another school"), "info"
    """These two are about one step of a minor, which waits for the answer."""


class How(kernel.State):
    """How a guardian answered."""

    LINK = "link", _l("By link"), "secondary"
    PAPER = "paper", _l("On paper"), "secondary"
    WORD = "word", _l("By word to the school"), "secondary"


class Event(kernel.Event):
    """What happens to a consent."""

    WANTED = "consent.wanted", _l("A guardian's consent is needed")
    ASKED = "consent.asked", _l("Guardian asked for consent")
    GIVEN = "consent.given", _l("Consent given")
    REFUSED = "consent.refused", _l("Consent refused")
    WITHDRAWN = "consent.withdrawn", _l("Consent withdrawn")
    LETTER_PRINTED = "consent.letter_printed", _l("Letter to the guardian made for printing")
    LINK_SENT = "consent.link_sent", _l("Fresh link sent to the guardian")
    LAPSED = "consent.lapsed", _l("Consent no longer needed")


class Notice(kernel.Notice):
    """What the guardian, the trainee and the school are told."""

    WANTED = "consent.wanted"
    ASKED = "consent.asked"
    GIVEN = "consent.given"
    REFUSED = "consent.refused"
    WITHDRAWN = "consent.withdrawn"
    ANSWERED = "consent.answered"
    LINK = "consent.link"


LIFECYCLE = Workflow(
    {
        "name": Transition([State.WANTED, State.ASKED, State.REFUSED, State.WITHDRAWN], State.ASKED),
        "give": Transition([State.ASKED, State.REFUSED, State.WITHDRAWN], State.GIVEN),
        "refuse": Transition([State.ASKED], State.REFUSED),
        "withdraw": Transition([State.GIVEN], State.WITHDRAWN),
        "accept_paper": Transition([State.WANTED, State.ASKED, State.REFUSED, State.WITHDRAWN], State.GIVEN, by="selections.accept"),
        "lapse": Transition([State.WANTED, State.ASKED, State.REFUSED, State.WITHDRAWN], State.LAPSED, by=SYSTEM),
    },
    turns={State.WANTED: Turn(Party.TRAINEE, "name"), State.ASKED: Turn(Party.GUARDIAN, "give", days=7)},
)
