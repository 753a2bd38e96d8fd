"""What happens to memberships."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to a membership."""

    GIVEN = "membership.given", _l("Became a member")
    ENDED = "membership.ended", _l("Membership ended")
