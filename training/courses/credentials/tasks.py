"""Background entry points of credentials; what sets documents is loaded by the worker that runs them, not by the web process."""

from importlib import import_module

from training.courses.credentials import services
from training.kernel.policy import System


def render(credential_id: int) -> None:
    """Makes the document of a credential."""
    import_module("training.courses.credentials.documents").render(credential_id)


def remind() -> None:
    """Reminds holders of credentials that end soon."""
    services.remind(System("credentials.remind"))
