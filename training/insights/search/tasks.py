"""Background entry points of the search."""

from training.insights.search import queries, services
from training.jobs.services import progress
from training.kernel.policy import System


def refresh(subject_id: int) -> None:
    """An organisation was verified, suspended, closed or renamed: what is found of it follows."""
    services.refresh(System("search.refresh"), subject_id)


def rebuild() -> None:
    """Says everything of every organisation to the index again; what it knows already is not written."""
    everybody = queries.organisation_ids()
    for done, organisation_id in enumerate(everybody):
        progress(done, len(everybody))
        services.refresh(System("search.rebuild"), organisation_id)
