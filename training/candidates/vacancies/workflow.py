"""A vacancy's life: a draft, live for everybody, paused, closed."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import Transition, Workflow


class State(kernel.State):
    """Where a vacancy stands."""

    DRAFT = "draft", _l("Draft"), "secondary"
    LIVE = "live", _l("Live"), "success"
    PAUSED = "paused", _l("Paused"), "info"
    CLOSED = "closed", _l("Closed"), "secondary"


class Closing(kernel.State):
    """Why a vacancy is closed."""

    FILLED = "filled", _l("Filled"), "success"
    EXPIRED = "expired", _l("Its last day has passed"), "secondary"
    WITHDRAWN = "withdrawn", _l("Withdrawn by the employer"), "secondary"


class Schedule(kernel.State):
    """When the work is done."""

    DAY = "day", _l("Day shifts"), "secondary"
    SHIFTS = "shifts", _l("Shifts"), "secondary"
    ROTATION = "rotation", _l("Two days on, two days off"), "secondary"
    FLEXIBLE = "flexible", _l("Flexible hours"), "secondary"


class Employment(kernel.State):
    """How much and for how long one is taken on."""

    FULL = "full", _l("Full-time"), "secondary"
    PART = "part", _l("Part-time"), "secondary"
    TEMPORARY = "temporary", _l("Temporary"), "secondary"
    INTERNSHIP = "internship", _l("Paid internship"), "secondary"


class StageKind(kernel.State):
    """A step of an employer's own way to a decision; all but `own` are called the same in every house."""

    NEW = "new", _l("New"), "primary"
    SCREENING = "screening", _l("Screening"), "info"
    INTERVIEW = "interview", _l("Interview"), "info"
    DECISION = "decision", _l("Decision"), "warning"
    OWN = "own", _l("Own stage"), "info"


class Event(kernel.Event):
    """What happens to vacancies."""

    DRAFTED = "vacancy.drafted", _l("Vacancy drafted")
    EDITED = "vacancy.edited", _l("Vacancy changed")
    PUBLISHED = "vacancy.published", _l("Vacancy published")
    PAUSED = "vacancy.paused", _l("Vacancy paused")
    RESUMED = "vacancy.resumed", _l("Vacancy live again")
    CLOSED = "vacancy.closed", _l("Vacancy withdrawn")
    EXPIRED = "vacancy.expired", _l("Last day passed")
    FILLED = "vacancy.filled", _l("All positions filled")
    STAGES = "vacancy.stages_chosen", _l("Stages for coming vacancies chosen")


class Notice(kernel.Notice):
    """What the employer's people are told."""

    PUBLISHED = "vacancy.published"
    PAUSED = "vacancy.paused"
    RESUMED = "vacancy.resumed"
    CLOSED = "vacancy.closed"
    EXPIRED = "vacancy.expired"
    FILLED = "vacancy.filled"


LIFECYCLE = Workflow(
    {
        "publish": Transition([State.DRAFT], State.LIVE),
        "pause": Transition([State.LIVE], State.PAUSED),
        "resume": Transition([State.PAUSED], State.LIVE),
        "close": Transition([State.DRAFT, State.LIVE, State.PAUSED], State.CLOSED),
        "expire": Transition([State.LIVE, State.PAUSED], State.CLOSED, by=kernel.SYSTEM),
        "fill": Transition([State.LIVE, State.PAUSED], State.CLOSED, by="offers.accept"),
    }
)
