"""A purchase's life: asked for by an employer, agreed to by the school, given back as far as nobody needs it."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a purchase stands."""

    ASKED = "asked", _l("Asked for"), "warning"
    AGREED = "agreed", _l("Bought"), "success"
    REFUSED = "refused", _l("Refused"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "secondary"
    LAPSED = "lapsed", _l("Not answered"), "secondary"
    RETURNED = "returned", _l("Given back"), "secondary"
    RELEASED = "released", _l("Cohort cancelled"), "danger"


class Event(kernel.Event):
    """What happens to purchases."""

    ASKED = "seat_purchase.asked", _l("Seats asked for")
    AGREED = "seat_purchase.agreed", _l("Seats bought")
    REFUSED = "seat_purchase.refused", _l("Seats refused by the school")
    WITHDRAWN = "seat_purchase.withdrawn", _l("Request for seats withdrawn")
    LAPSED = "seat_purchase.lapsed", _l("Request for seats not answered")
    RETURNED = "seat_purchase.returned", _l("Seats given back")
    RELEASED = "seat_purchase.released", _l("Seats lost: the cohort was cancelled")


class Notice(kernel.Notice):
    """What both sides are told."""

    ASKED = "seat_purchase.asked"
    AGREED = "seat_purchase.agreed"
    REFUSED = "seat_purchase.refused"
    WITHDRAWN = "seat_purchase.withdrawn"
    LAPSED = "seat_purchase.lapsed"
    RETURNED = "seat_purchase.returned"
    RELEASED = "seat_purchase.released"


LIFECYCLE = Workflow(
    {
        "agree": Transition([State.ASKED], State.AGREED),
        "refuse": Transition([State.ASKED], State.REFUSED, reason=True),
        "withdraw": Transition([State.ASKED], State.WITHDRAWN),
        "lapse": Transition([State.ASKED], State.LAPSED, by=SYSTEM),
        "give_back": Transition([State.AGREED], State.RETURNED),
        "release": Transition([State.ASKED, State.AGREED], State.RELEASED, by=SYSTEM),
    },
    turns={State.ASKED: Turn(Party.SCHOOL, "agree", roles=(Role.MANAGER,), days=14, silence="lapse")},
)
