"""Words of evaluations: who evaluates, what they recommend, what happens."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class By(kernel.State):
    """Who evaluates."""

    MENTOR = "mentor", _l("Mentor"), "info"
    TEACHER = "teacher", _l("School"), "info"
    TRAINEE = "trainee", _l("Trainee"), "info"


class Recommendation(kernel.State):
    """What the evaluator recommends."""

    HIRE = "hire", _l("Hire"), "success"
    RESERVE = "reserve", _l("Keep in touch"), "info"
    RETRAIN = "retrain", _l("Train further first"), "warning"
    NONE = "none", _l("No recommendation"), "secondary"


class Event(kernel.Event):
    """What happens to evaluations."""

    WRITTEN = "evaluation.written", _l("Evaluation written")
    DISAGREED = "evaluation.disagreed", _l("The trainee disagreed")


class Notice(kernel.Notice):
    """What people are told of evaluations."""

    WRITTEN = "evaluation.written"
    DISAGREED = "evaluation.disagreed"
