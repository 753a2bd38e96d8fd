"""Background entry points of turns."""

from training.turns import services


def expire() -> None:
    """Starts what silence does to every move whose time is over."""
    services.expire()


def silence(kind: str, verb: str, subject_id: int) -> None:
    """What silence does to one record."""
    services.silence(kind, verb, subject_id)
