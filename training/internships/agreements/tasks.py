"""Background entry points of agreements."""

from importlib import import_module

from training.internships.agreements import services
from training.kernel.policy import System


def render(agreement_id: int) -> None:
    """Fixes the text; typst is loaded here, in the worker."""
    import_module("training.internships.agreements.rendering").render(agreement_id)


def follow(subject_id: int) -> None:
    """The placement was called off."""
    services.follow(System("agreements.follow"), placement_id=subject_id)
