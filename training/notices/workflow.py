"""How notices reach people."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Way(kernel.State):
    """How the letters of a topic come."""

    AT_ONCE = "at_once", _l("By mail at once"), "success"
    DAILY = "daily", _l("In one letter each morning"), "info"
    HERE = "here", _l("Only here, no mail"), "secondary"
    OFF = "off", _l("Not at all"), "secondary"


class Fate(kernel.State):
    """Where a letter is that has not been dropped."""

    QUEUED = "queued", _l("Queued"), "warning"
    HELD = "held", _l("Held for quiet hours"), "info"
    MORNING = "morning", _l("In the morning letter"), "info"
    SENT = "sent", _l("Sent"), "success"


class Notice(kernel.Notice):
    """The one letter that tells of many notices."""

    DIGEST = "notice.digest"
