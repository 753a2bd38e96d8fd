"""What happens to transfers by itself."""

from training.courses.transfers import services
from training.kernel.policy import System


def tend() -> None:
    """Moves whose day has come happen, those that cannot happen any more end."""
    services.tend(System("transfers.tend"))
