"""What happens to purchases by itself."""

from training.courses.purchases import queries, services
from training.kernel.policy import System


def lapse(purchase_id: int) -> None:
    """The school did not answer in time."""
    actor = System("purchases.lapse")
    services.lapse(actor, queries.purchase(actor, purchase_id))


def release(subject_id: int) -> None:
    """The cohort was cancelled."""
    services.release(System("purchases.release"), cohort_id=subject_id)
