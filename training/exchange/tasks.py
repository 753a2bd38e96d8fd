"""Background entry points of exchange; what reads spreadsheets is loaded by the worker that runs them, not by the web process."""

from importlib import import_module

from training.exchange import undoing


def check(batch_id: int) -> None:
    """Checks the rows of an uploaded file."""
    import_module("training.exchange.checking").check(batch_id)


def apply(batch_id: int) -> None:
    """Imports the rows that are ready."""
    import_module("training.exchange.checking").apply(batch_id)


def undo(batch_id: int) -> None:
    """Takes back what an import made."""
    undoing.undo(batch_id)
