"""Background entry points of consents; what sets documents is loaded by the worker that runs them, not by the web process."""

from importlib import import_module


def print_letter(consent_id: int) -> None:
    """Makes the letter to a guardian."""
    import_module("training.trainees.consents.letters").render(consent_id)
