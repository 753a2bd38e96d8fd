"""Background entry points of rulings; what sets documents is loaded by the worker that runs them, not by the web process."""

from importlib import import_module

from training.courses.rulings import returning
from training.kernel.policy import System


def render(ruling_id: int) -> None:
    """Makes the document of a ruling."""
    import_module("training.courses.rulings.documents").render(ruling_id)


def remind() -> None:
    """Reminds those whose deferral ends soon, and their schools."""
    returning.remind(System("rulings.remind"))
