"""Keeping the index true to what an organisation shows."""

from training.candidates.vacancies import queries as vacancies
from training.candidates.vacancies.models import Vacancy
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import Programme
from training.internships.openings import queries as openings
from training.internships.openings.models import Opening
from training.kernel.db import transaction
from training.kernel.policy import System
from training.search.services import put_many


@transaction()
def refresh(actor: System, organisation_id: int) -> int:
    """Has everything of an organisation found by whoever may find it now; returns how much had changed."""
    return put_many(
        [
            *programmes.documents(Programme.school_id == organisation_id),
            *openings.documents(Opening.employer_id == organisation_id),
            *vacancies.documents(Vacancy.employer_id == organisation_id),
        ]
    )
