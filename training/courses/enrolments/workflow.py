"""A person's way through a cohort: seat or queue, study, end."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where an enrolment stands."""

    APPLIED = "applied", _l("Applied"), "secondary"
    WAITLISTED = "waitlisted", _l("In the queue"), "secondary"
    OFFERED = "offered", _l("Seat held"), "warning"
    ENROLLED = "enrolled", _l("Enrolled"), "success"
    ON_LEAVE = "on_leave", _l("On leave"), "info"
    COMPLETED = "completed", _l("Completed"), "success"
    REFUSED = "refused", _l("Refused"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), "secondary"
    LAPSED = "lapsed", _l("Lapsed"), "secondary"
    DEFERRED = "deferred", _l("Deferred"), "info"
    TRANSFERRED = "transferred", _l("Transferred"), "info"
    EXPELLED = "expelled", _l("Expelled"), "danger"


WAITING = (State.APPLIED, State.WAITLISTED)
"""Those who stand in a queue."""
SEATED = (State.OFFERED, State.ENROLLED, State.ON_LEAVE, State.COMPLETED)
"""Those who hold a seat."""
STUDYING = (State.ENROLLED, State.ON_LEAVE)
"""Those who study."""


class Event(kernel.Event):
    """What happens to enrolments."""

    APPLIED = "enrolment.applied", _l("Applied")
    QUEUED = "enrolment.queued", _l("Took a place in the queue")
    ENROLLED = "enrolment.enrolled", _l("Enrolled")
    OFFERED = "enrolment.offered", _l("A seat became free and is held")
    CLAIMED = "enrolment.claimed", _l("Held seat taken")
    DECLINED = "enrolment.declined", _l("Held seat declined")
    LAPSED = "enrolment.lapsed", _l("Held seat not taken in time")
    MISSED = "enrolment.missed", _l("Training began without a free seat")
    WITHDRAWN = "enrolment.withdrawn", _l("Withdrawn")
    REFUSED = "enrolment.refused", _l("Refused by the school")
    CANCELLED = "enrolment.cancelled", _l("The cohort was cancelled")
    EXPELLED = "enrolment.expelled", _l("Expelled")
    ON_LEAVE = "enrolment.on_leave", _l("Went on leave")
    BACK = "enrolment.back", _l("Came back from leave")
    COMPLETED = "enrolment.completed", _l("Completed")
    HIRED = "enrolment.hired", _l("Hired after completing")


class Notice(kernel.Notice):
    """What trainees and schools are told."""

    ENROLLED = "enrolment.enrolled"
    QUEUED = "enrolment.queued"
    OFFERED = "enrolment.offered", _l("A held seat is lost when its day passes without an answer.")
    LAPSED = "enrolment.lapsed"
    MISSED = "enrolment.missed"
    WITHDRAWN = "enrolment.withdrawn"
    REFUSED = "enrolment.refused"
    CANCELLED = "enrolment.cancelled"
    EXPELLED = "enrolment.expelled"
    ON_LEAVE = "enrolment.on_leave"
    BACK = "enrolment.back"
    COMPLETED = "enrolment.completed"
    RENEWED = "enrolment.renewed"


LIFECYCLE = Workflow(
    {
        "seat": Transition([State.WAITLISTED], State.ENROLLED, by="enrolments.apply"),
        "offer": Transition([State.WAITLISTED], State.OFFERED, by="enrolments.promote"),
        "claim": Transition([State.OFFERED], State.ENROLLED),
        "decline": Transition([State.OFFERED], State.WITHDRAWN),
        "lapse": Transition([State.OFFERED], State.LAPSED, by=SYSTEM),
        "miss": Transition([State.WAITLISTED, State.OFFERED], State.LAPSED, by=SYSTEM),
        "withdraw": Transition([State.WAITLISTED, State.OFFERED, State.ENROLLED, State.ON_LEAVE], State.WITHDRAWN),
        "refuse": Transition([State.WAITLISTED, State.OFFERED], State.REFUSED, reason=True),
        "expel": Transition([State.ENROLLED, State.ON_LEAVE], State.EXPELLED, reason=True),
        "take_leave": Transition([State.ENROLLED], State.ON_LEAVE, reason=True),
        "come_back": Transition([State.ON_LEAVE], State.ENROLLED),
        "complete": Transition([State.ENROLLED], State.COMPLETED),
        "release": Transition([State.WAITLISTED, State.OFFERED, State.ENROLLED, State.ON_LEAVE], State.REFUSED, by=SYSTEM),
    },
    turns={State.OFFERED: Turn(Party.TRAINEE, "claim", days=2, silence="lapse")},
)
