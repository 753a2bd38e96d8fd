"""An assessment's life; that of a demonstration exam goes through the hands of the commission's chair."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an assessment stands."""

    MARKING = "marking", _l("Being marked"), "secondary"
    HANDED_IN = "handed_in", _l("With the chair"), "warning"
    CONFIRMED = "confirmed", _l("Confirmed"), "success"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


class Kind(kernel.State):
    """What is assessed, and how."""

    TEST = "test", _l("Test"), "secondary"
    PRACTICAL = "practical", _l("Practical assignment"), "secondary"
    COURSE_WORK = "course_work", _l("Course work"), "secondary"
    EXAM = "exam", _l("Exam"), "secondary"
    CREDIT = "credit", _l("Credit"), "secondary"
    DEMONSTRATION = "demonstration", _l("Demonstration exam"), "secondary"


FINAL = (Kind.EXAM, Kind.CREDIT, Kind.DEMONSTRATION)
"""Kinds that end a module: its mark is theirs."""
ORDINARY = tuple(kind for kind in Kind if kind is not Kind.DEMONSTRATION)
"""Kinds without a commission."""


class Level(kernel.State):
    """The level of a demonstration exam."""

    BASIC = "basic", _l("Basic"), "secondary"
    PROFILE = "profile", _l("Profile"), "secondary"


class Event(kernel.Event):
    """What happens to assessments."""

    ADDED = "assessment.added", _l("Assessment added")
    EDITED = "assessment.edited", _l("Assessment changed")
    MARKED = "assessment.marked", _l("Results given")
    CORRECTED = "assessment.corrected", _l("Result corrected")
    HANDED_IN = "assessment.handed_in", _l("Results handed in to the chair")
    CONFIRMED = "assessment.confirmed", _l("Results confirmed by the chair")
    SENT_BACK = "assessment.sent_back", _l("Results sent back by the chair")
    CANCELLED = "assessment.cancelled", _l("Assessment cancelled")
    HANDED_OVER = "assessment.handed_over", _l("A colleague gives the marks")
    CHAIRED = "assessment.chaired", _l("A colleague is the chair")


class Notice(kernel.Notice):
    """What the people of an assessment are told."""

    MARKED = "assessment.marked"
    CORRECTED = "assessment.corrected"
    HANDED_IN = "assessment.handed_in"
    SENT_BACK = "assessment.sent_back"


LIFECYCLE = Workflow(
    {
        "hand_in": Transition([State.MARKING], State.HANDED_IN),
        "confirm": Transition([State.HANDED_IN], State.CONFIRMED),
        "send_back": Transition([State.HANDED_IN], State.MARKING, reason=True),
        "reopen": Transition([State.CONFIRMED], State.MARKING, by="assessments.correct"),
        "cancel": Transition([State.MARKING], State.CANCELLED),
    },
    turns={State.HANDED_IN: Turn(Party.TEACHER, "confirm", days=10)},
)
