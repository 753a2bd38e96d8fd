"""What applicants bring, how it is checked, what a selection decides, and the words of it."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a document stands."""

    MISSING = "missing", _l("To be brought"), "secondary"
    BROUGHT = "brought", _l("To be checked"), "warning"
    ACCEPTED = "accepted", _l("Accepted"), "success"
    SENT_BACK = "sent_back", _l("Sent back"), "danger"


class What(kernel.State):
    """What a document shows."""

    CERTIFICATE = "certificate", _l("School certificate with its marks"), "secondary"
    CONSENT = "consent", _l("Consent of a parent or guardian, signed"), "secondary"
    GROUP = "group", _l("Proof of the priority group"), "secondary"
    ASKED = "asked", _l("Asked for by the school"), "secondary"


class Tie(kernel.State):
    """What decides between two who have the same points."""

    AVERAGE = "average", _l("Certificate average"), "secondary"
    PRIORITY = "priority", _l("Priority"), "secondary"
    ARRIVAL = "arrival", _l("Time of the application"), "secondary"


class Event(kernel.Event):
    """What happens in a selection."""

    RULES_SET = "selection.rules_set", _l("What applicants bring and what counts was set")
    PUBLISHED = "selection.published", _l("Ranked list published")
    CALLED = "selection.called", _l("Seats offered in a round")
    BROUGHT = "candidacy.brought", _l("Document brought")
    ACCEPTED = "candidacy.accepted", _l("Document accepted")
    SENT_BACK = "candidacy.sent_back", _l("Document sent back")
    SCORED = "candidacy.scored", _l("Points given")
    PRIORITISED = "candidacy.prioritised", _l("Priority changed")
    CONDITION_SET = "candidacy.condition_set", _l("Condition set")
    CONDITION_MET = "candidacy.condition_met", _l("Condition met")
    CONDITION_FAILED = "candidacy.condition_failed", _l("Condition not met")
    GROUP_ADDED = "priority_group.added", _l("Priority group added")
    GROUP_ENDED = "priority_group.ended", _l("Priority group ended")


class Notice(kernel.Notice):
    """What applicants are told."""

    ACCEPTED = "candidacy.accepted"
    SENT_BACK = "candidacy.sent_back", _l("A document that was sent back keeps you off the list until you bring it again.")
    RANKED = "candidacy.ranked"
    WAITING = "candidacy.waiting"
    CONDITION_SET = "candidacy.condition_set", _l("A condition has a day by which it is to be met.")
    CONDITION_MET = "candidacy.condition_met"


LIFECYCLE = Workflow(
    {
        "bring": Transition([State.MISSING, State.BROUGHT, State.SENT_BACK], State.BROUGHT),
        "accept": Transition([State.BROUGHT], State.ACCEPTED),
        "send_back": Transition([State.BROUGHT, State.ACCEPTED], State.SENT_BACK, reason=True),
    }
)
