"""What happens to offers by itself."""

from training.candidates.offers import queries, services
from training.kernel.policy import System


def expire(offer_id: int) -> None:
    """The time to answer is over."""
    actor = System("offers.expire")
    services.expire(actor, queries.offer(actor, offer_id))
