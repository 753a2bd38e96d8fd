"""Letters are written and sent in the background."""

from training.notices import services


def deliver(notice_id: int) -> None:
    """Sends the letter of one notice."""
    services.deliver(notice_id)
