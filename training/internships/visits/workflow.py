"""A visit's life: planned, held and written down, confirmed or commented on by mentor and trainee."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a visit stands."""

    PLANNED = "planned", _l("Planned"), "warning"
    HELD = "held", _l("To be confirmed"), "warning"
    CONCLUDED = "concluded", _l("Concluded"), "success"
    CANCELLED = "cancelled", _l("Cancelled"), "danger"


HAPPENED = (State.HELD, State.CONCLUDED)
"""States of visits that took place."""


class Means(kernel.State):
    """How people meet."""

    AT_WORK = "at_work", _l("At the workplace"), "secondary"
    PHONE = "phone", _l("By phone"), "secondary"
    ONLINE = "online", _l("By video call"), "secondary"


class Standing(kernel.State):
    """How a placement goes, as the visitor found it: hours, attendance, work."""

    ON_TRACK = "on_track", _l("On track"), "success"
    WATCH = "watch", _l("Needs watching"), "warning"
    BEHIND = "behind", _l("Behind the plan"), "danger"


class Event(kernel.Event):
    """What happens to visits, and to how often a school makes them."""

    PLANNED = "visit.planned", _l("Visit planned")
    RESCHEDULED = "visit.rescheduled", _l("Visit moved")
    CANCELLED = "visit.cancelled", _l("Visit cancelled")
    REPORTED = "visit.reported", _l("Visit held and written down")
    CONFIRMED = "visit.confirmed", _l("Report of the visit confirmed")
    COMMENTED = "visit.commented", _l("Report of the visit commented on")
    CONCLUDED = "visit.concluded", _l("Visit concluded")
    HANDED_OVER = "visit.handed_over", _l("A colleague makes the visit")
    PACED = "visit_cadence.set", _l("How often visits are made changed")


class Notice(kernel.Notice):
    """What the people of a visit are told."""

    PLANNED = "visit.planned"
    RESCHEDULED = "visit.rescheduled"
    CANCELLED = "visit.cancelled"
    REPORTED = "visit.reported"
    COMMENTED = "visit.commented"
    HANDED_OVER = "visit.handed_over"


LIFECYCLE = Workflow(
    {
        "reschedule": Transition([State.PLANNED], State.PLANNED),
        "report": Transition([State.PLANNED], State.HELD),
        "cancel": Transition([State.PLANNED], State.CANCELLED, reason=True),
        "conclude": Transition([State.HELD], State.CONCLUDED, by="visits.confirm"),
    },
    turns={
        State.PLANNED: Turn(Party.TEACHER, "report"),
        State.HELD: Turn(Party.MENTOR, "confirm", days=10, silence="conclude"),
    },
)
