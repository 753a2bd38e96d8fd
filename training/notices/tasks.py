"""Letters are written and sent in the background."""

from training.notices import delivery


def deliver(notice_id: int) -> None:
    """Sends the letter of one notice."""
    delivery.deliver(notice_id)


def begin_mornings() -> None:
    """Begins the letters of the mornings that have come."""
    delivery.begin_mornings()


def deliver_morning(digest_id: int) -> None:
    """Sends one person's letter of one morning."""
    delivery.deliver_morning(digest_id)
