"""How a list becomes a file, and what is told about it."""

from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Transition, Workflow
from training.kernel.workflow import Event as BaseEvent
from training.kernel.workflow import Notice as BaseNotice
from training.kernel.workflow import State as BaseState


class State(BaseState):
    """Where a file stands."""

    DIRECT = "direct", _l("Downloaded at once"), "success"
    MAKING = "making", _l("Being made"), "primary"
    MADE = "made", _l("Ready"), "success"
    FAILED = "failed", _l("Not made"), "danger"
    GONE = "gone", _l("No longer kept"), "secondary"


class Form(BaseState):
    """What kind of file it is."""

    CSV = "csv", _l("CSV"), "secondary"
    XLSX = "xlsx", _l("XLSX"), "secondary"


class Shape(BaseState):
    """In which columns a list goes out."""

    LISTED = "listed", _l("As the list shows it"), "secondary"
    IMPORTED = "imported", _l("As it is imported"), "secondary"
    ONEROSTER_1_1 = "oneroster_1_1", _l("OneRoster 1.1"), "secondary"
    ONEROSTER_1_2 = "oneroster_1_2", _l("OneRoster 1.2"), "secondary"

    @property
    def bundle(self) -> str | None:
        """The version of OneRoster in which it goes out as several files; None for a table."""
        return {"oneroster_1_1": "1.1", "oneroster_1_2": "1.2"}.get(self.value)


class Event(BaseEvent):
    """What happens to a file."""

    BEGUN = "export.begun", _l("A list was taken as a file")
    MADE = "export.made", _l("The file was made")
    FAILED = "export.failed", _l("The file was not made")


class Notice(BaseNotice):
    """What its owner is told."""

    MADE = "export.made"


LIFECYCLE = Workflow(
    {
        "finish": Transition([State.MAKING], State.MADE, by=SYSTEM),
        "fail": Transition([State.MAKING], State.FAILED, by=SYSTEM),
        "remove": Transition([State.DIRECT, State.MADE], State.GONE, by=SYSTEM),
    }
)
