"""The life of a programme's version, from draft to the public catalogue, and the words of programmes."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.policy import Role
from training.kernel.workflow import Party, Transition, Turn, Workflow


class State(kernel.State):
    """Where a version stands."""

    DRAFT = "draft", _l("Draft"), "secondary"
    IN_REVIEW = "in_review", _l("In review"), "warning"
    PUBLISHED = "published", _l("Published"), "success"
    RETIRED = "retired", _l("Retired"), "secondary"


class Kind(kernel.State):
    """What a programme leads to."""

    PROFESSION = "profession", _l("Profession"), "info"
    SPECIALTY = "specialty", _l("Specialty"), "info"
    WORKER_TRAINING = "worker_training", _l("Worker training"), "info"
    ADVANCED_TRAINING = "advanced_training", _l("Advanced training"), "info"
    RETRAINING = "retraining", _l("Retraining"), "info"


class HourKind(kernel.State):
    """How an hour is spent; the value begins the name of its column, the tone is that of its share of a bar."""

    THEORY = "theory", _l("Lessons"), "soft"
    PRACTICAL = "practical", _l("Practical work"), "tint"
    PLANT = "plant", _l("At a plant"), "accent"
    SELF_STUDY = "self_study", _l("On one's own"), "mute"
    ASSESSMENT = "assessment", _l("Assessment"), "wait"


class How(kernel.State):
    """What became of a part of a programme from one version to another."""

    ADDED = "added", _l("Added"), "success"
    REMOVED = "removed", _l("Removed"), "danger"
    CHANGED = "changed", _l("Changed"), "info"


class Needs(kernel.State):
    """How much of what a version asks for beforehand must have been completed."""

    ALL = "all", _l("All of them"), "info"
    ANY = "any", _l("Some of them"), "info"
    POINTS = "points", _l("Points"), "info"


class Event(kernel.Event):
    """What happens to programmes and their versions."""

    CREATED = "programme.created", _l("Programme created")
    IMPORTED = "programme.imported", _l("Programme taken over from a list")
    RENAMED = "programme.edited", _l("Programme's details changed")
    DRAFTED = "programme.drafted", _l("Next version begun")
    EDITED = "programme.version_edited", _l("Hours and summary changed")
    SUBMITTED = "programme.submitted", _l("Handed in for review")
    SENT_BACK = "programme.sent_back", _l("Sent back with comments")
    PUBLISHED = "programme.published", _l("Published")
    RETIRED = "programme.retired", _l("Retired")
    WITHDRAWN = "programme.withdrawn", _l("Taken back with the list that brought it")


class Notice(kernel.Notice):
    """What the people of the school are told."""

    SUBMITTED = "programme.submitted"
    SENT_BACK = "programme.sent_back"
    PUBLISHED = "programme.published"


LIFECYCLE = Workflow(
    {
        "submit": Transition([State.DRAFT], State.IN_REVIEW),
        "send_back": Transition([State.IN_REVIEW], State.DRAFT, reason=True),
        "publish": Transition([State.IN_REVIEW], State.PUBLISHED),
        "withdraw": Transition([State.DRAFT], State.RETIRED, by="exchange.undo"),
        "retire": Transition([State.PUBLISHED], State.RETIRED),
    },
    turns={State.IN_REVIEW: Turn(Party.SCHOOL, "publish", roles=(Role.MANAGER, Role.TEACHER), days=10, second=True)},
)
