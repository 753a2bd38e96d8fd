"""What happens to endorsements by itself."""

from training.courses.endorsements import queries, services
from training.kernel.policy import System


def lapse(endorsement_id: int) -> None:
    """Nobody answered in time."""
    actor = System("endorsements.lapse")
    services.lapse(actor, queries.endorsement(actor, endorsement_id))


def expire() -> None:
    """Ends what has run out."""
    services.expire(System("endorsements.expire"))
