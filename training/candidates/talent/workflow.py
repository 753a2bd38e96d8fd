"""Words of talent: what happens when an employer invites somebody to apply."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to people who agreed to be found."""

    INVITED = "vacancy.invited", _l("Somebody invited to apply")


class Notice(kernel.Notice):
    """What they are told."""

    INVITED = "vacancy.invited"
