"""What happens to allocations by itself."""

from training.courses.allocations import queries, services
from training.kernel.policy import System
from training.trainees.profiles import queries as profiles


def expire(allocation_id: int) -> None:
    """Nobody answered in time."""
    actor = System("allocations.expire")
    services.expire(actor, queries.allocation(actor, allocation_id))


def miss(subject_id: int) -> None:
    """The cohort has begun: what was not answered is over."""
    services.miss(System("allocations.miss"), cohort_id=subject_id)


def release(subject_id: int) -> None:
    """The cohort was cancelled."""
    services.release(System("allocations.release"), cohort_id=subject_id)


def reverse(subject_id: int) -> None:
    """Somebody has left a cohort before completing."""
    services.reverse(System("allocations.reverse"), enrolment_id=subject_id)


def meet(subject_id: int) -> None:
    """Somebody has become a trainee with an account."""
    services.meet(System("allocations.meet"), trainee=profiles.by_id(subject_id))
