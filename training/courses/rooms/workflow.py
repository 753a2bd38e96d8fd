"""The words of rooms."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to rooms."""

    ADDED = "room.added", _l("Room added")
    EDITED = "room.edited", _l("Room changed")
