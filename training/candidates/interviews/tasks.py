"""What happens to interviews by itself."""

from training.candidates.interviews import queries, services
from training.kernel.policy import System


def cancel_with_application(subject_id: int) -> None:
    """An application has ended: its interviews do not take place."""
    actor = System("interviews.cancel_with_application")
    for interview in queries.arranged(actor, subject_id):
        services.cancel_with_application(actor, interview)
