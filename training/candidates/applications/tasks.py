"""What happens to applications by itself."""

from datetime import datetime

from training.candidates.applications import queries, services
from training.candidates.applications.workflow import Rejection
from training.candidates.vacancies.workflow import Closing
from training.kernel.policy import System


def lapse(application_id: int) -> None:
    """Thirty days of silence are over."""
    actor = System("applications.lapse")
    services.lapse(actor, queries.application(actor, application_id))


def tell_rejection(application_id: int, told_at: str) -> None:
    """The half hour in which a rejection can be undone is over."""
    actor = System("applications.tell_rejection")
    services.tell_rejection(actor, queries.application(actor, application_id), told_at=datetime.fromisoformat(told_at))


def end_with_vacancy(subject_id: int) -> None:
    """The vacancy is filled or withdrawn: whoever still waits for an answer gets it."""
    actor = System("applications.end_with_vacancy")
    vacancy = queries.vacancy_of(subject_id)
    reason = Rejection.VACANCY_WITHDRAWN if vacancy.closing is Closing.WITHDRAWN else Rejection.POSITION_FILLED
    while found := queries.open_for(vacancy.id):
        for application in found:
            services.reject_with_vacancy(actor, application, reason=reason)
