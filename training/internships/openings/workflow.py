"""An opening's life: an employer prepares places for trainees, offers them, and closes."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an opening stands."""

    DRAFT = "draft", _l("Draft"), "secondary"
    OPEN = "open", _l("Open"), "success"
    CLOSED = "closed", _l("Closed"), "secondary"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "danger"


class Hazard(kernel.State):
    """What the workplace exposes people to; anything but nothing is no work for minors."""

    NONE = "none", _l("None"), "success"
    NOISE = "noise", _l("Noise above the limit"), "warning"
    HEAT = "heat", _l("Heat"), "warning"
    CHEMICALS = "chemicals", _l("Harmful chemicals"), "warning"
    DUST = "dust", _l("Harmful dust"), "warning"
    HEIGHT = "height", _l("Work at height"), "warning"
    WELDING = "welding", _l("Welding fumes and radiation"), "warning"


class Event(kernel.Event):
    """What happens to openings."""

    MADE = "opening.made", _l("Opening made")
    EDITED = "opening.edited", _l("Opening changed")
    OPENED = "opening.opened", _l("Opened for requests")
    CLOSED = "opening.closed", _l("Closed for requests")
    WITHDRAWN = "opening.withdrawn", _l("Opening withdrawn")


class Notice(kernel.Notice):
    """What an employer is told of its openings."""

    FREED = "opening.freed"


LIFECYCLE = Workflow(
    {
        "open": Transition([State.DRAFT, State.CLOSED], State.OPEN),
        "close": Transition([State.OPEN], State.CLOSED),
        "withdraw": Transition([State.DRAFT, State.OPEN, State.CLOSED], State.WITHDRAWN, reason=True),
    },
    turns={State.DRAFT: Turn(Party.EMPLOYER, "open", roles=(Role.MANAGER, Role.RECRUITER))},
)
