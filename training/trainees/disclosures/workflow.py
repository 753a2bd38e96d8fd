"""Why somebody may see a trainee."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import State


class Because(State):
    """What a disclosure rests on."""

    ENROLMENT = "enrolment", _l("Asked for a seat"), "info"
    PLACEMENT = "placement", _l("Internship"), "info"
    NOMINATION = "nomination", _l("Training that the employer pays for"), "info"
    TRANSFER = "transfer", _l("Asked to move there"), "info"
    APPLICATION = "application", _l("Application"), "info"
    TALENT = "talent", _l("Visible to verified employers"), "success"


class Event(kernel.Event):
    """What happens to disclosures."""

    OPENED = "disclosure.opened", _l("Profile opened to an organisation")
    ENDED = "disclosure.ended", _l("Profile closed to an organisation")
