"""Background entry points of login cards; what sets documents is loaded by the worker that runs them, not by the web process."""

from importlib import import_module

from training.kernel.policy import System
from training.trainees.cards import services


def print_sheet(sheet_id: int) -> None:
    """Makes the document of a sheet."""
    import_module("training.trainees.cards.documents").render(sheet_id)


def let_go() -> None:
    """Lets go of documents whose days are over."""
    services.let_go_of_documents(System("cards.let_go"))
