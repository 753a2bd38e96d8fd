"""What the operator does."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What the operator does."""

    RETRIED = "job.retried", _l("Tried again")
    DISCARDED = "job.discarded", _l("Given up")
