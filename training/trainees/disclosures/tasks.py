"""Background entry points of disclosures."""

from training.kernel.policy import System
from training.trainees.consents import queries as consents
from training.trainees.disclosures import services


def close_search(subject_id: int) -> None:
    """The consent of that id was withdrawn."""
    actor = System("disclosures.close_search")
    services.close_search(actor, trainee_id=consents.consent(actor, subject_id).trainee_id)
