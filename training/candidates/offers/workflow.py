"""An offer's life: sent, then accepted, declined, expired or withdrawn."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an offer stands."""

    SENT = "sent", _l("Sent"), "warning"
    ACCEPTED = "accepted", _l("Accepted"), "success"
    DECLINED = "declined", _l("Declined"), "danger"
    EXPIRED = "expired", _l("Expired"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn by the employer"), "secondary"


class Refusal(kernel.State):
    """Why a candidate declines."""

    PAY = "pay", _l("The pay"), "secondary"
    CONDITIONS = "conditions", _l("The hours or conditions"), "secondary"
    PLACE = "place", _l("The place or the way there"), "secondary"
    OTHER_WORK = "other_work", _l("I took other work"), "secondary"
    STUDY = "study", _l("I go on studying"), "secondary"
    PERSONAL = "personal", _l("Personal reasons"), "secondary"


class Event(kernel.Event):
    """What happens to offers."""

    SENT = "offer.sent", _l("Offer sent")
    ACCEPTED = "offer.accepted", _l("Offer accepted")
    DECLINED = "offer.declined", _l("Offer declined")
    EXPIRED = "offer.expired", _l("Offer expired")
    WITHDRAWN = "offer.withdrawn", _l("Offer withdrawn")


class Notice(kernel.Notice):
    """What both sides are told."""

    SENT = "offer.sent", _l("A job offer expires on its day without an answer.")
    ACCEPTED = "offer.accepted"
    DECLINED = "offer.declined"
    EXPIRED = "offer.expired"
    WITHDRAWN = "offer.withdrawn"


LIFECYCLE = Workflow(
    {
        "accept": Transition([State.SENT], State.ACCEPTED),
        "decline": Transition([State.SENT], State.DECLINED, reason=True),
        "expire": Transition([State.SENT], State.EXPIRED, by=SYSTEM),
        "withdraw": Transition([State.SENT], State.WITHDRAWN, reason=True),
        "give_way": Transition([State.SENT], State.DECLINED, by="offers.accept"),
    },
    turns={State.SENT: Turn(Party.TRAINEE, "accept", days=7, silence="expire")},
)
