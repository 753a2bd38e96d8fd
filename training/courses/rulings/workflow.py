"""A ruling's life: drafted, then signed for good or dropped; and what rulings order."""

from dataclasses import dataclass
from datetime import date

from training.courses.enrolments.workflow import STUDYING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a ruling stands."""

    DRAFT = "draft", _l("Draft"), "warning"
    SIGNED = "signed", _l("Signed"), "success"
    DROPPED = "dropped", _l("Dropped"), "secondary"


class Kind(kernel.State):
    """What a ruling orders."""

    ENROLMENT = "enrolment", _l("Enrolment"), "success"
    TRANSFER = "transfer", _l("Transfer"), "info"
    LEAVE = "leave", _l("Leave"), "info"
    DEFERRAL = "deferral", _l("Deferral"), "info"
    RETURN = "return", _l("Return to study"), "success"
    EXPULSION = "expulsion", _l("Expulsion"), "danger"
    GRADUATION = "graduation", _l("Graduation"), "success"
    PRACTICE = "practice", _l("Practice"), "info"


ORDERED = tuple(kind for kind in Kind if kind is not Kind.PRACTICE)
"""What a school orders here; practice is ordered where placements are."""

SOURCES = {
    Kind.ENROLMENT: (EnrolmentState.ENROLLED,),
    Kind.TRANSFER: STUDYING,
    Kind.LEAVE: (EnrolmentState.ENROLLED,),
    Kind.DEFERRAL: (EnrolmentState.OFFERED, EnrolmentState.ENROLLED),
    Kind.RETURN: (EnrolmentState.ON_LEAVE, EnrolmentState.DEFERRED),
    Kind.EXPULSION: STUDYING,
    Kind.GRADUATION: (EnrolmentState.ENROLLED,),
    Kind.PRACTICE: (EnrolmentState.ENROLLED,),
}
"""Where somebody stands whom a ruling of each kind can be over."""
BECOMES = {
    Kind.ENROLMENT: EnrolmentState.ENROLLED,
    Kind.TRANSFER: EnrolmentState.TRANSFERRED,
    Kind.LEAVE: EnrolmentState.ON_LEAVE,
    Kind.DEFERRAL: EnrolmentState.DEFERRED,
    Kind.RETURN: EnrolmentState.ENROLLED,
    Kind.EXPULSION: EnrolmentState.EXPELLED,
    Kind.GRADUATION: EnrolmentState.COMPLETED,
    Kind.PRACTICE: EnrolmentState.ENROLLED,
}
"""Where a ruling of each kind brings somebody."""


class Reason(kernel.State):
    """Why a school ends somebody's study."""

    OWN_WISH = "own_wish", _l("At their own wish"), "secondary"
    ELSEWHERE = "elsewhere", _l("Goes on at another school"), "secondary"
    DEBT = "debt", _l("Failed what had to be passed"), "danger"
    ABSENCE = "absence", _l("Absent without a good reason"), "danger"
    NOT_BEGUN = "not_begun", _l("Never began"), "secondary"
    NOT_BACK = "not_back", _l("Did not come back from leave"), "secondary"
    DISCIPLINE = "discipline", _l("Broke the rules of the school"), "danger"
    UNPAID = "unpaid", _l("The seat was not paid for"), "danger"
    OTHER = "other", _l("Another reason"), "secondary"


@dataclass(frozen=True)
class What:
    """What is ordered for each of some people; which of it counts is the ruling's kind."""

    to_cohort_id: int | None = None
    repeats: bool = False
    from_on: date | None = None
    until_on: date | None = None
    reason: Reason | None = None
    words: str | None = None


NOTHING = What()
"""A kind of ruling that says all by itself."""


class Event(kernel.Event):
    """What happens to rulings."""

    DRAFTED = "ruling.drafted", _l("Draft prepared")
    EDITED = "ruling.edited", _l("Wording changed")
    EXTENDED = "ruling.extended", _l("People added")
    SHORTENED = "ruling.shortened", _l("People left out")
    SIGNED = "ruling.signed", _l("Ruling signed")
    DROPPED = "ruling.dropped", _l("Dropped")
    CORRECTED = "ruling.corrected", _l("Corrected by a further ruling")
    RENDERED = "ruling.rendered", _l("Document made")


class Notice(kernel.Notice):
    """What the people of the school are told."""

    DRAFTED = "ruling.drafted"
    SIGNED = "ruling.signed"


LIFECYCLE = Workflow(
    {
        "sign": Transition([State.DRAFT], State.SIGNED),
        "drop": Transition([State.DRAFT], State.DROPPED),
    },
    turns={State.DRAFT: Turn(Party.SCHOOL, "sign", roles=(Role.MANAGER,), days=7)},
)
