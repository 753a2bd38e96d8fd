"""Background entry points of keeping the installation running."""

from training.audit import services
from training.jobs.services import progress
from training.operations import demonstration


def seal() -> None:
    """Seals the settled part of the trail."""
    services.seal()


def reset_demonstration() -> None:
    """Loads the demonstration afresh; this job goes with the region that is replaced."""
    demonstration.load_afresh(progress)
