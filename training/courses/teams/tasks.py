"""What happens to teams by itself."""

from training.courses.teams import services
from training.kernel.policy import System


def close(subject_id: int) -> None:
    """Applications for a cohort are closed, or it was cancelled."""
    services.close(System("teams.close"), cohort_id=subject_id)
