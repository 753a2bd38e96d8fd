"""The words of prerequisites; they live as long as their version does."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to the prerequisites of a draft."""

    ADDED = "programme.prerequisite_added", _l("Prerequisite added")
    REMOVED = "programme.prerequisite_removed", _l("Prerequisite removed")
    EDITED = "programme.prerequisites_edited", _l("How much of the prerequisites is needed was changed")
