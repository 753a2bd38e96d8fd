"""An endorsement's life: asked for, then given or declined; given, it runs out or is taken back."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an endorsement stands."""

    ASKED = "asked", _l("Asked for"), "warning"
    GIVEN = "given", _l("Endorsed"), "success"
    DECLINED = "declined", _l("Not endorsed"), "danger"
    RECALLED = "recalled", _l("Not needed any more"), "secondary"
    LAPSED = "lapsed", _l("Not answered"), "secondary"
    WITHDRAWN = "withdrawn", _l("Withdrawn by the employer"), "danger"
    EXPIRED = "expired", _l("Run out"), "secondary"


class Event(kernel.Event):
    """What happens to endorsements."""

    ASKED = "endorsement.asked", _l("Employer asked to endorse")
    GIVEN = "endorsement.given", _l("Endorsed by an employer")
    DECLINED = "endorsement.declined", _l("Endorsement declined")
    RECALLED = "endorsement.recalled", _l("Request for an endorsement taken back")
    LAPSED = "endorsement.lapsed", _l("Request for an endorsement not answered")
    WITHDRAWN = "endorsement.withdrawn", _l("Endorsement withdrawn")
    EXPIRED = "endorsement.expired", _l("Endorsement ran out")


class Notice(kernel.Notice):
    """What both sides are told."""

    ASKED = "endorsement.asked"
    GIVEN = "endorsement.given"
    DECLINED = "endorsement.declined"
    RECALLED = "endorsement.recalled"
    LAPSED = "endorsement.lapsed"
    WITHDRAWN = "endorsement.withdrawn"
    EXPIRED = "endorsement.expired"


LIFECYCLE = Workflow(
    {
        "give": Transition([State.ASKED], State.GIVEN),
        "decline": Transition([State.ASKED], State.DECLINED, reason=True),
        "recall": Transition([State.ASKED], State.RECALLED),
        "lapse": Transition([State.ASKED], State.LAPSED, by=SYSTEM),
        "withdraw": Transition([State.GIVEN], State.WITHDRAWN, reason=True),
        "expire": Transition([State.GIVEN], State.EXPIRED, by=SYSTEM),
    },
    turns={State.ASKED: Turn(Party.EMPLOYER, "give", roles=(Role.MANAGER,), days=30, silence="lapse")},
)
