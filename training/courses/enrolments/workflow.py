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


class Leaving(kernel.State):
    """Why a trainee leaves of their own accord."""

    SCHOOL = "school", _l("I go to another school or programme"), "secondary"
    WORK = "work", _l("I have found work"), "secondary"
    MOVE = "move", _l("I am moving away"), "secondary"
    HEALTH = "health", _l("My health"), "secondary"
    FAMILY = "family", _l("My family needs me"), "secondary"
    SERVICE = "service", _l("Military service"), "secondary"
    MONEY = "money", _l("I cannot pay for it"), "secondary"
    NOT_MINE = "not_mine", _l("It is not what I expected"), "secondary"
    OTHER = "other", _l("Another reason"), "secondary"


WAITING = (State.APPLIED, State.WAITLISTED)
"""Those who have no seat yet: before the first call of a selection, or in a queue."""
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
    AGREED = "enrolment.agreed", _l("Said yes; the seat is taken when the whole team has")
    CLAIMED = "enrolment.claimed", _l("Held seat taken")
    DECLINED = "enrolment.declined", _l("Held seat declined")
    LAPSED = "enrolment.lapsed", _l("Held seat not taken in time")
    STEPPED_BACK = "enrolment.stepped_back", _l("Somebody of the team does not come along: back in the queue")
    MISSED = "enrolment.missed", _l("Training began without a free seat")
    WITHDRAWN = "enrolment.withdrawn", _l("Withdrawn")
    REFUSED = "enrolment.refused", _l("Refused by the school")
    CANCELLED = "enrolment.cancelled", _l("The cohort was cancelled")
    EXPELLED = "enrolment.expelled", _l("Expelled")
    ON_LEAVE = "enrolment.on_leave", _l("Went on leave")
    BACK = "enrolment.back", _l("Came back from leave")
    COMPLETED = "enrolment.completed", _l("Completed")
    HIRED = "enrolment.hired", _l("Hired after completing")
    ORDERED = "enrolment.ordered", _l("Enrolment ordered by a ruling")
    TRANSFERRED = "enrolment.transferred", _l("Transferred to another cohort")
    ARRIVED = "enrolment.arrived", _l("Began here, coming from another cohort")
    DEFERRED = "enrolment.deferred", _l("Deferred")
    REMINDED = "enrolment.reminded", _l("Reminded that the deferral ends")
    RESUMED = "enrolment.resumed", _l("Came back in another cohort")
    RESTORED = "enrolment.restored", _l("A ruling was taken back")


class Notice(kernel.Notice):
    """What trainees and schools are told."""

    ENROLLED = "enrolment.enrolled"
    QUEUED = "enrolment.queued"
    OFFERED = "enrolment.offered", _l("A held seat is lost when its day passes without an answer.")
    LAPSED = "enrolment.lapsed"
    STEPPED_BACK = "enrolment.stepped_back"
    MISSED = "enrolment.missed"
    WITHDRAWN = "enrolment.withdrawn"
    REFUSED = "enrolment.refused"
    CANCELLED = "enrolment.cancelled"
    EXPELLED = "enrolment.expelled"
    ON_LEAVE = "enrolment.on_leave"
    BACK = "enrolment.back"
    COMPLETED = "enrolment.completed"
    ORDERED = "enrolment.ordered"
    TRANSFERRED = "enrolment.transferred"
    DEFERRED = "enrolment.deferred"
    RETURNING = "enrolment.returning"
    RESTORED = "enrolment.restored"
    RENEWED = "enrolment.renewed"


LIFECYCLE = Workflow(
    {
        "seat": Transition([State.WAITLISTED], State.ENROLLED, by="enrolments.apply"),
        "offer": Transition([State.APPLIED, State.WAITLISTED], State.OFFERED, by="enrolments.promote"),
        "queue": Transition([State.APPLIED], State.WAITLISTED, by="selections.offer"),
        "claim": Transition([State.OFFERED], State.ENROLLED),
        "decline": Transition([State.OFFERED], State.WITHDRAWN),
        "lapse": Transition([State.OFFERED], State.LAPSED, by=SYSTEM),
        "step_back": Transition([State.OFFERED], State.WAITLISTED, by="enrolments.decline"),
        "miss": Transition([*WAITING, State.OFFERED], State.LAPSED, by=SYSTEM),
        "withdraw": Transition([*WAITING, State.OFFERED, State.ENROLLED, State.ON_LEAVE], State.WITHDRAWN),
        "refuse": Transition([*WAITING, State.OFFERED], State.REFUSED, reason=True),
        "retract": Transition([*WAITING, State.OFFERED, State.ENROLLED], State.REFUSED, reason=True, by="selections.judge"),
        "expel": Transition([State.ENROLLED, State.ON_LEAVE], State.EXPELLED, reason=True),
        "take_leave": Transition([State.ENROLLED], State.ON_LEAVE, reason=True),
        "come_back": Transition([State.ON_LEAVE], State.ENROLLED),
        "complete": Transition([State.ENROLLED], State.COMPLETED),
        "transfer": Transition([State.ENROLLED, State.ON_LEAVE], State.TRANSFERRED, by="rulings.sign"),
        "defer": Transition([State.OFFERED, State.ENROLLED], State.DEFERRED, by="rulings.sign"),
        "restore": Transition([State.TRANSFERRED, State.DEFERRED, State.EXPELLED], State.ENROLLED, by="rulings.sign"),
        "restore_to_leave": Transition([State.TRANSFERRED, State.EXPELLED], State.ON_LEAVE, by="rulings.sign"),
        "release": Transition([*WAITING, State.OFFERED, State.ENROLLED, State.ON_LEAVE], State.REFUSED, by=SYSTEM),
    },
    turns={State.OFFERED: Turn(Party.TRAINEE, "claim", days=2, silence="lapse")},
)
