"""Background entry points of keeping the installation running."""

from training.audit import services


def seal() -> None:
    """Seals the settled part of the trail."""
    services.seal()
