"""Background entry points of badges."""

from training.courses.badges import services
from training.kernel.policy import System


def ensure_keys() -> None:
    """Makes the keys that there are none of yet."""
    services.ensure_keys(System("badges.ensure_keys"))
