"""Background entry points of files."""

from training.files import services


def sweep() -> None:
    """Removes what nothing refers to."""
    services.sweep()
