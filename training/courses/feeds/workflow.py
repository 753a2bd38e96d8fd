"""The words of feeds."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to the address of a calendar."""

    RENEWED = "calendar_feed.renewed", _l("Calendar address made")
    REMOVED = "calendar_feed.removed", _l("Calendar address removed")
