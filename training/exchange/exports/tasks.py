"""Background entry points of exports; what writes spreadsheets is loaded by the worker that runs them, not by the web process."""

from training.exchange.exports import making, services
from training.kernel.policy import System


def make(export_id: int) -> None:
    """Makes the file of a long list."""
    making.make(export_id)


def remove_over() -> None:
    """Lets go of files that nobody can download any more."""
    services.remove_over(System("exports.remove_over"))
