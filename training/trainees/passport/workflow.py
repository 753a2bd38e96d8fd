"""What happens to a skills passport by its owner's own hand."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What a trainee says of their own skills."""

    STATED = "skill.stated", _l("Skill stated by oneself")
    TAKEN_BACK = "skill.taken_back", _l("Own statement of a skill taken back")
