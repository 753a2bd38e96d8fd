"""How an import goes on, and what becomes of each of its rows."""

from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow
from training.kernel.workflow import Event as BaseEvent
from training.kernel.workflow import Notice as BaseNotice
from training.kernel.workflow import State as BaseState


class State(BaseState):
    """Where an import stands."""

    UPLOADED = "uploaded", _l("Uploaded"), "secondary"
    CHECKING = "checking", _l("Being checked"), "primary"
    CHECKED = "checked", _l("Waits for you"), "warning"
    APPLYING = "applying", _l("Being imported"), "primary"
    DONE = "done", _l("Imported"), "success"
    UNDOING = "undoing", _l("Being taken back"), "primary"
    UNDONE = "undone", _l("Taken back"), "secondary"
    CANCELLED = "cancelled", _l("Cancelled"), "secondary"
    FAILED = "failed", _l("Not finished"), "danger"

    @property
    def busy(self) -> bool:
        """Whether background work is going on or about to."""
        return self in {State.UPLOADED, State.CHECKING, State.APPLYING, State.UNDOING}


class Outcome(BaseState):
    """What becomes of one row."""

    READY = "ready", _l("Ready"), "primary"
    BAD = "bad", _l("Needs you"), "danger"
    SAME = "same", _l("Already there"), "secondary"
    APPLIED = "applied", _l("Imported"), "success"
    UNDONE = "undone", _l("Taken back"), "secondary"
    KEPT = "kept", _l("Stays"), "warning"


class Event(BaseEvent):
    """What happens to an import."""

    UPLOADED = "import_batch.uploaded", _l("A file was uploaded")
    CONFIRMED = "import_batch.confirmed", _l("The import was confirmed")
    FINISHED = "import_batch.finished", _l("The import was finished")
    UNDO_BEGUN = "import_batch.undo_begun", _l("The import is to be taken back")
    UNDONE = "import_batch.undone", _l("The import was taken back")
    STAYED = "import_batch.stayed", _l("The import could not be taken back")
    CANCELLED = "import_batch.cancelled", _l("The import was cancelled")
    FAILED = "import_batch.failed", _l("The file could not be imported")
    TIED = "import_batch.tied", _l("Headings were tied to columns")
    UNTIED = "import_batch.untied", _l("A heading is no longer tied to a column")
    HANDED_OVER = "import_batch.handed_over", _l("In other hands: a colleague takes over")


class Notice(BaseNotice):
    """What whoever answers for the import is told of work that went on in the background."""

    CHECKED = "import_batch.checked"
    FINISHED = "import_batch.finished"
    FAILED = "import_batch.failed"
    UNDONE = "import_batch.undone"
    STAYED = "import_batch.stayed"


LOST = _l("Whoever this import acted for may not import such lists any more.")
"""Why background work ends that acts for somebody who may not any more."""

LIFECYCLE = Workflow(
    {
        "check": Transition([State.UPLOADED], State.CHECKING, by=SYSTEM),
        "settle": Transition([State.CHECKING], State.CHECKED, by=SYSTEM),
        "tie": Transition([State.CHECKED, State.FAILED], State.UPLOADED),
        "confirm": Transition([State.CHECKED], State.APPLYING),
        "finish": Transition([State.APPLYING], State.DONE, by=SYSTEM),
        "undo": Transition([State.DONE], State.UNDOING),
        "withdraw": Transition([State.UNDOING], State.UNDONE, by=SYSTEM),
        "stay": Transition([State.UNDOING], State.DONE, by=SYSTEM),
        "cancel": Transition([State.UPLOADED, State.CHECKING, State.CHECKED], State.CANCELLED),
        "fail": Transition([State.UPLOADED, State.CHECKING, State.APPLYING], State.FAILED, by=SYSTEM),
    }
)
