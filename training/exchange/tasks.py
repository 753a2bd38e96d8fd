"""Background entry points of exchange; what reads spreadsheets is loaded by the worker that runs them, not by the web process."""

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from training.exchange import undoing
from training.exchange.models import ImportBatch
from training.kernel.policy import System


def check(batch_id: int) -> None:
    """Checks the rows of an uploaded file."""
    import_module("training.exchange.checking").check(batch_id)


def apply(batch_id: int) -> None:
    """Imports the rows that are ready."""
    import_module("training.exchange.checking").apply(batch_id)


def taking(actor: System, batch: ImportBatch) -> Iterator[int]:
    """Imports the rows that are ready, some at a time, and says how many each time."""
    return cast("Iterator[int]", import_module("training.exchange.checking").taking(actor, batch))


def undo(batch_id: int) -> None:
    """Takes back what an import made."""
    undoing.undo(batch_id)
