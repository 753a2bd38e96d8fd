"""A lesson's life: it stands in the timetable, is moved or given by somebody else, or is cancelled."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a lesson stands."""

    PLANNED = "planned", _l("In the timetable"), "success"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


class Parity(kernel.State):
    """In which weeks of the academic year a pattern makes lessons."""

    EVERY = "every", _l("Every week"), "secondary"
    ODD = "odd", _l("Odd weeks"), "secondary"
    EVEN = "even", _l("Even weeks"), "secondary"

    def takes(self, week: int) -> bool:
        """Whether a week of that number is one of them."""
        return self is Parity.EVERY or (week % 2 == 1) is (self is Parity.ODD)


class Event(kernel.Event):
    """What happens to lessons and to the patterns that make them."""

    PLANNED = "lesson_pattern.planned", _l("Lessons put into the timetable")
    STOPPED = "lesson_pattern.stopped", _l("The lessons to come taken out of the timetable")
    ADDED = "lesson.added", _l("Lesson added")
    RESCHEDULED = "lesson.rescheduled", _l("Lesson moved")
    SUBSTITUTED = "lesson.substituted", _l("Another teacher gives the lesson")
    CANCELLED = "lesson.cancelled", _l("Lesson cancelled")
    HANDED_OVER = "lesson.handed_over", _l("A colleague gives the lesson")


class Notice(kernel.Notice):
    """What a cohort's trainees and teachers are told."""

    PLANNED = "lesson.planned"
    STOPPED = "lesson.stopped"
    ADDED = "lesson.added"
    RESCHEDULED = "lesson.rescheduled"
    SUBSTITUTED = "lesson.substituted"
    CANCELLED = "lesson.cancelled"
    HANDED_OVER = "lesson.handed_over"


LIFECYCLE = Workflow(
    {
        "reschedule": Transition([State.PLANNED], State.PLANNED),
        "substitute": Transition([State.PLANNED], State.PLANNED),
        "cancel": Transition([State.PLANNED], State.CANCELLED, reason=True),
    }
)
