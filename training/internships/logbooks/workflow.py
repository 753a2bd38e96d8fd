"""A logbook entry's life: written, sent to the mentor, countersigned for good or sent back."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an entry stands."""

    DRAFT = "draft", _l("Draft"), "secondary"
    SUBMITTED = "submitted", _l("With the mentor"), "warning"
    COUNTERSIGNED = "countersigned", _l("Countersigned"), "success"
    RETURNED = "returned", _l("Returned"), "danger"


class Event(kernel.Event):
    """What happens to entries."""

    WRITTEN = "logbook.written", _l("Logbook entry written")
    EDITED = "logbook.edited", _l("Logbook entry changed")
    SUBMITTED = "logbook.submitted", _l("Logbook entry sent to the mentor")
    COUNTERSIGNED = "logbook.countersigned", _l("Logbook entry countersigned")
    RETURNED = "logbook.returned", _l("Logbook entry returned")


class Notice(kernel.Notice):
    """What the trainee is told, and the mentor when a week begins to fill."""

    SUBMITTED = "logbook.submitted"
    COUNTERSIGNED = "logbook.countersigned"
    RETURNED = "logbook.returned"


LIFECYCLE = Workflow(
    {
        "submit": Transition([State.DRAFT, State.RETURNED], State.SUBMITTED),
        "countersign": Transition([State.SUBMITTED], State.COUNTERSIGNED),
        "send_back": Transition([State.SUBMITTED], State.RETURNED, reason=True),
    },
    turns={
        State.DRAFT: Turn(Party.TRAINEE, "submit", days=7),
        State.SUBMITTED: Turn(Party.MENTOR, "countersign", days=7),
        State.RETURNED: Turn(Party.TRAINEE, "submit", days=3),
    },
)
