"""Background entry points of disclosures."""

from training.kernel.policy import System
from training.trainees.consents import queries as consents
from training.trainees.disclosures import services


def close_search(subject_id: int) -> None:
    """The consent of that id was withdrawn; one about a step at a school opened no profile."""
    actor = System("disclosures.close_search")
    consent = consents.consent(actor, subject_id)
    if consent.subject_id is None:
        services.close_search(actor, trainee_id=consent.trainee_id)
