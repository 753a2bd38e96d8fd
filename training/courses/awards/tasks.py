"""Background entry points of proposals to issue credentials."""

from training.courses.awards import queries, services
from training.jobs.services import progress
from training.kernel.policy import System


def issue(award_id: int) -> None:
    """Issues what was confirmed, some at a time; begun again, it goes on where it stopped."""
    actor = System("awards.issue")
    while services.issue_some(actor, award := queries.award(actor, award_id)):
        progress(award.done, award.people)
