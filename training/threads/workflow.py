"""What happens to messages, and who is told of them."""

from datetime import timedelta

from training.kernel import workflow as kernel
from training.kernel.i18n import _l

WITHIN = timedelta(hours=1)
"""How long an author can change or take back a message."""


class Event(kernel.Event):
    """What happens to a message."""

    WRITTEN = "message.written", _l("Message written")
    EDITED = "message.edited", _l("Message changed; before")
    WITHDRAWN = "message.withdrawn", _l("Message withdrawn")
    ERASED = "message.erased", _l("Message erased")


class Notice(kernel.Notice):
    """What the people of the other sides are told."""

    WRITTEN = "message.written"
    MENTIONED = "message.mentioned"
