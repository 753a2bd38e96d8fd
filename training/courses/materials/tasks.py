"""What happens to materials by itself."""

from training.courses.materials import services
from training.kernel.policy import System


def tell() -> None:
    """Tells cohorts of what was added, and of what has come to its day."""
    services.tell(System("materials.tell"))
