"""Background entry points: an organisation's leaders learn what the authority decided."""

from training.accounts.memberships import services
from training.organisations.workflow import Notice


def tell_verified(subject_id: int) -> None:
    """They may publish."""
    services.tell(subject_id, Notice.VERIFIED)


def tell_suspended(subject_id: int) -> None:
    """They are out of public view."""
    services.tell(subject_id, Notice.SUSPENDED)


def tell_reinstated(subject_id: int) -> None:
    """They take part again."""
    services.tell(subject_id, Notice.REINSTATED)


def tell_closed(subject_id: int) -> None:
    """Their part here is over."""
    services.tell(subject_id, Notice.CLOSED)
