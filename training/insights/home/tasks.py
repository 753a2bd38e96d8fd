"""Background entry points of home pages."""

from training.insights.home import services
from training.kernel.policy import System


def finish_steps() -> None:
    """Notices which organisations have taken all their first steps."""
    services.finish_steps(System("home.finish_steps"))
