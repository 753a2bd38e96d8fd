"""Background entry points of placements: what silence and a withdrawn opening do."""

from collections.abc import Callable

from training.internships.placements import queries, services
from training.internships.placements.models import Placement
from training.kernel import clock
from training.kernel.policy import System
from training.turns import queries as turns


def lapse(placement_id: int) -> None:
    """Nobody answered in time."""
    _if_still_due(placement_id, "lapse", services.lapse)


def start(placement_id: int) -> None:
    """The first day has come."""
    _if_still_due(placement_id, "start", services.start)


def lapse_all(subject_id: int) -> None:
    """The opening was withdrawn."""
    services.lapse_all(System("placements.lapse_all"), opening_id=subject_id)


def _if_still_due(placement_id: int, verb: str, service: Callable[[System, Placement], None]) -> None:
    """Does it unless somebody moved the placement on meanwhile."""
    actor = System(f"placements.{verb}")
    placement = queries.placement(actor, placement_id)
    if any(turn.silence == verb and turn.due_at is not None and turn.due_at <= clock.now() for turn in turns.of(placement)):
        service(actor, placement)
