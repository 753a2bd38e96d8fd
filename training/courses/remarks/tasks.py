"""What happens to remarks by itself."""

from training.courses.remarks import services
from training.kernel.policy import System


def leave(subject_id: int) -> None:
    """Its version was published or taken back."""
    services.leave(System("remarks.leave"), version_id=subject_id)
