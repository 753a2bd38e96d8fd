"""Background entry points of cohorts."""

from training.courses.cohorts import services


def advance() -> None:
    """Moves the cohorts whose day has come."""
    services.advance()
