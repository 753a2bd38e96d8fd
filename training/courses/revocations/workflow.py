"""The life of a proposal to revoke a credential: made by one person, confirmed by another."""

from training.courses.credentials.policies import CONFIRMERS
from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a proposal stands."""

    PROPOSED = "proposed", _l("To be confirmed"), "warning"
    CONFIRMED = "confirmed", _l("Revoked"), "danger"
    TURNED_DOWN = "turned_down", _l("Turned down"), "secondary"
    TAKEN_BACK = "taken_back", _l("Taken back"), "secondary"


class Event(kernel.Event):
    """What happens to a proposal."""

    PROPOSED = "revocation.proposed", _l("Revocation proposed")
    CONFIRMED = "revocation.confirmed", _l("Revocation confirmed by a second person")
    TURNED_DOWN = "revocation.turned_down", _l("Revocation turned down")
    TAKEN_BACK = "revocation.taken_back", _l("Proposal to revoke taken back")


class Notice(kernel.Notice):
    """What the school's people are told; the holder hears of the revocation itself."""

    PROPOSED = "revocation.proposed"
    TURNED_DOWN = "revocation.turned_down"


LIFECYCLE = Workflow(
    {
        "confirm": Transition([State.PROPOSED], State.CONFIRMED),
        "turn_down": Transition([State.PROPOSED], State.TURNED_DOWN, reason=True),
        "take_back": Transition([State.PROPOSED], State.TAKEN_BACK),
    },
    turns={State.PROPOSED: Turn(Party.SCHOOL, "confirm", roles=CONFIRMERS, days=5, second=True)},
)
