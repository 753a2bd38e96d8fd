"""Background entry points of documents."""

from importlib import import_module

from training.files.printouts import services
from training.kernel.policy import System


def make(printout_id: int) -> None:
    """Makes a document; typst is loaded here, in the worker."""
    import_module("training.files.printouts.making").make(printout_id)


def remove_over() -> None:
    """Lets go of documents that nobody can download any more."""
    services.remove_over(System("printouts.remove_over"))
