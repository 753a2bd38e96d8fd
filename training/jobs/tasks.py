"""What the queue does for itself in the background."""

from datetime import timedelta

from training.jobs import services
from training.kernel import clock, receipts

RECEIPTS_KEPT = timedelta(days=2)


def purge() -> None:
    """Deletes jobs that have long been over."""
    services.purge()


def forget_receipts() -> None:
    """Deletes receipts of forms that nobody sends a second time any more."""
    receipts.forget(clock.now() - RECEIPTS_KEPT)
