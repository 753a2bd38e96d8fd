"""What happens to visits by itself."""

from training.internships.visits import queries, services
from training.kernel import clock
from training.kernel.policy import System
from training.turns import queries as turns


def remind() -> None:
    """Every few hours: placements without a visit for too long."""
    services.remind(System("visits.remind"))


def conclude(visit_id: int) -> None:
    """Mentor or trainee did not answer in time."""
    actor = System("visits.conclude")
    visit = queries.visit(actor, visit_id)
    if any(turn.silence == "conclude" and turn.due_at is not None and turn.due_at <= clock.now() for turn in turns.of(visit)):
        services.conclude(actor, visit)


def cancel_with_placement(subject_id: int) -> None:
    """A placement is over: its visits to come do not take place."""
    actor = System("visits.cancel_with_placement")
    for visit in queries.to_come(actor, subject_id):
        services.cancel_with_placement(actor, visit)
