"""The words of modules; they live as long as their version does."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to the modules of a draft."""

    ADDED = "programme.module_added", _l("Module added")
    EDITED = "programme.module_edited", _l("Module changed")
    PLACED = "programme.module_placed", _l("Module put in another place")
    REMOVED = "programme.module_removed", _l("Module removed")
