"""Background entry points of invitations."""

from training.accounts.invitations import services
from training.kernel.policy import System


def lapse() -> None:
    """Ends invitations that nobody answered in time."""
    services.lapse(System("invitations.lapse"))
