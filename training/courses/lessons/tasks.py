"""What happens to lessons by itself."""

from training.courses.calendar import queries as calendars
from training.courses.cohorts import queries as cohorts
from training.courses.lessons import services
from training.kernel.policy import System


def cancel_on_days_off(subject_id: int) -> None:
    """Days off were added to an academic year."""
    actor = System("lessons.cancel_on_days_off")
    services.cancel_on_days_off(actor, calendars.year(actor, subject_id))


def cancel_with_cohort(subject_id: int) -> None:
    """A cohort was cancelled."""
    actor = System("lessons.cancel_with_cohort")
    services.cancel_with_cohort(actor, cohorts.cohort(actor, subject_id))
