"""An application's life: open in one of the employer's stages, then offered, hired, or ended in one of five ways."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import SYSTEM, Party, Transition, Turn, Workflow

SILENCE = 30
"""Days without a step of the employer after which an application lapses."""


class State(kernel.State):
    """Where an application stands."""

    OPEN = "open", _l("Under consideration"), "primary"
    OFFERED = "offered", _l("Offer made"), "warning"
    HIRED = "hired", _l("Hired"), "success"
    REJECTED = "rejected", _l("Rejected"), "danger"
    WITHDRAWN = "withdrawn", _l("Withdrawn by the candidate"), "secondary"
    LAPSED = "lapsed", _l("Lapsed without an answer"), "danger"
    HIRED_ELSEWHERE = "hired_elsewhere", _l("Hired elsewhere"), "secondary"


class Rejection(kernel.State):
    """Why an employer says no; the candidate reads it in these words."""

    SKILLS = "skills", _l("A skill the work needs is missing or below the level asked"), "danger"
    EXPERIENCE = "experience", _l("Too little practice with this work so far"), "danger"
    CREDENTIAL = "credential", _l("A required credential or permit is missing"), "danger"
    SCHEDULE = "schedule", _l("The working hours or the start do not fit"), "danger"
    PAY = "pay", _l("No agreement on pay"), "danger"
    STRONGER = "stronger", _l("Another candidate fits this vacancy better"), "danger"
    POSITION_FILLED = "position_filled", _l("The position is filled"), "secondary"
    VACANCY_WITHDRAWN = "vacancy_withdrawn", _l("The employer withdrew the vacancy"), "secondary"


class Withdrawal(kernel.State):
    """Why a candidate takes an application back."""

    OTHER_WORK = "other_work", _l("I found other work"), "secondary"
    STUDY = "study", _l("I go on studying"), "secondary"
    CONDITIONS = "conditions", _l("The conditions do not suit me"), "secondary"
    WAITED = "waited", _l("I waited too long for an answer"), "secondary"
    PERSONAL = "personal", _l("Personal reasons"), "secondary"


class Event(kernel.Event):
    """What happens to applications."""

    APPLIED = "application.applied", _l("Applied")
    MOVED = "application.moved", _l("Moved to another stage")
    OFFERED = "application.offered", _l("Offer made")
    REOPENED = "application.reopened", _l("Under consideration again")
    HIRED = "application.hired", _l("Hired")
    REJECTED = "application.rejected", _l("Rejected")
    REJECTION_TOLD = "application.rejection_told", _l("Candidate told of the rejection")
    REVERSED = "application.reversed", _l("Rejection taken back")
    WITHDRAWN = "application.withdrawn", _l("Withdrawn by the candidate")
    LAPSED = "application.lapsed", _l("Lapsed after 30 days of silence")
    HIRED_ELSEWHERE = "application.hired_elsewhere", _l("Hired elsewhere")


class Notice(kernel.Notice):
    """What both sides are told."""

    APPLIED = "application.applied"
    MOVED = "application.moved"
    REJECTED = "application.rejected"
    REVERSED = "application.reversed"
    WITHDRAWN = "application.withdrawn"
    LAPSED = "application.lapsed"
    UNANSWERED = "application.unanswered"
    HIRED_ELSEWHERE = "application.hired_elsewhere"


LIFECYCLE = Workflow(
    {
        "move": Transition([State.OPEN], State.OPEN),
        "offer": Transition([State.OPEN], State.OFFERED, by="offers.send"),
        "reopen": Transition([State.OFFERED], State.OPEN, by="offers.decline"),
        "hire": Transition([State.OFFERED], State.HIRED, by="offers.accept"),
        "reject": Transition([State.OPEN], State.REJECTED, reason=True),
        "reverse": Transition([State.REJECTED], State.OPEN),
        "withdraw": Transition([State.OPEN], State.WITHDRAWN, reason=True),
        "lapse": Transition([State.OPEN], State.LAPSED, by=SYSTEM),
        "lose": Transition([State.OPEN, State.OFFERED], State.HIRED_ELSEWHERE, by="offers.accept"),
    },
    turns={State.OPEN: Turn(Party.EMPLOYER, "move", roles=(Role.RECRUITER, Role.MANAGER), days=SILENCE, silence="lapse")},
)
