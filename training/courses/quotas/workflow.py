"""What happens to quotas."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What the region decides."""

    SET = "quota.set", _l("Quota of state seats set")
    LIFTED = "quota.lifted", _l("Quota of state seats lifted")


class Notice(kernel.Notice):
    """What the school is told."""

    SET = "quota.set"
