"""A cohort's life, from plan to completion, and the words of cohorts."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a cohort stands."""

    PLANNED = "planned", _l("Planned"), "secondary"
    OPEN = "open", _l("Open"), "success"
    CLOSED = "closed", _l("Closed"), "warning"
    RUNNING = "running", _l("Running"), "info"
    COMPLETED = "completed", _l("Completed"), "secondary"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


class StudyForm(kernel.State):
    """When and how people study."""

    FULL_TIME = "full_time", _l("Full-time"), "info"
    EVENING = "evening", _l("Evening"), "info"
    WEEKEND = "weekend", _l("Weekend"), "info"
    EXTRAMURAL = "extramural", _l("By correspondence"), "info"
    MIXED = "mixed", _l("Mixed, part online"), "info"


class EntryBase(kernel.State):
    """What one has finished before."""

    ANY = "any", _l("Any schooling"), "secondary"
    BASIC = "basic", _l("After 9th grade"), "secondary"
    UPPER = "upper", _l("After 11th grade"), "secondary"
    VOCATIONAL = "vocational", _l("After a first qualification"), "secondary"


class Admission(kernel.State):
    """How seats are given."""

    ORDER_OF_ARRIVAL = "order_of_arrival", _l("In the order people apply"), "secondary"
    SELECTION = "selection", _l("By selection"), "secondary"


class Funding(kernel.State):
    """Who pays for a seat."""

    STATE = "state", _l("State budget"), "success"
    TARGET = "target", _l("Targeted, with an employer"), "info"
    PAID = "paid", _l("Paid by yourself or your family"), "secondary"
    EMPLOYER = "employer", _l("Paid by an employer"), "info"


class Event(kernel.Event):
    """What happens to cohorts."""

    PLANNED = "cohort.planned", _l("Planned")
    EDITED = "cohort.edited", _l("Details changed")
    SEATS_CHANGED = "cohort.seats_changed", _l("Number of seats changed")
    RENEWED = "cohort.renewed", _l("Moved to a newer version of the programme")
    OPENED = "cohort.opened", _l("Applications opened")
    CLOSED = "cohort.closed", _l("Applications closed")
    STARTED = "cohort.started", _l("Training began")
    COMPLETED = "cohort.completed", _l("Training ended")
    CANCELLED = "cohort.cancelled", _l("Cancelled")


class Notice(kernel.Notice):
    """What the people of the school are told."""

    OPENED = "cohort.opened"
    CANCELLED = "cohort.cancelled"


LIFECYCLE = Workflow(
    {
        "open_applications": Transition([State.PLANNED], State.OPEN),
        "close_applications": Transition([State.OPEN], State.CLOSED),
        "start": Transition([State.CLOSED], State.RUNNING),
        "complete": Transition([State.RUNNING], State.COMPLETED),
        "cancel": Transition([State.PLANNED, State.OPEN, State.CLOSED, State.RUNNING], State.CANCELLED, reason=True),
    }
)
