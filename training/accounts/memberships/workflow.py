"""What happens to memberships."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to a membership."""

    GIVEN = "membership.given", _l("Became a member")
    ENDED = "membership.ended", _l("Membership ended")
    HANDED_OVER = "membership.handed_over", _l("Handed over to a colleague")
    TAKEN_OVER = "membership.taken_over", _l("Took over from a colleague")
    LEFT_UNNAMED = "membership.left_unnamed", _l("Left to the role, without a person")


class Notice(kernel.Notice):
    """What colleagues are told when one takes over from the other."""

    HANDED_OVER = "membership.handed_over"
    TAKEN_OVER = "membership.taken_over"
    LEFT_UNNAMED = "membership.left_unnamed"
