"""Background entry points of claims."""

from training.kernel.policy import System
from training.trainees.claims import services


def lapse() -> None:
    """Ends invitations that nobody answered in time."""
    services.lapse(System("claims.lapse"))
