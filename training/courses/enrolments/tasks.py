"""Background entry points of enrolments."""

from training.courses.enrolments import calling, queries, renewing, services
from training.kernel.policy import System


def miss(subject_id: int) -> None:
    """The cohort has begun: its queue ends."""
    services.miss(subject_id)


def release(subject_id: int) -> None:
    """The cohort was cancelled: everybody in it is told."""
    services.release(subject_id)


def pass_on(subject_id: int) -> None:
    """Applications for the cohort are closed: no seat is gathered any more."""
    calling.pass_on(System("enrolments.pass_on"), cohort_id=subject_id)


def tell_renewed(subject_id: int) -> None:
    """The cohort studies a newer version now."""
    renewing.tell(System("enrolments.tell_renewed"), cohort_id=subject_id)


def lapse(subject_id: int) -> None:
    """The time to take a held seat is over."""
    clockwork = System("enrolments.lapse")
    services.lapse(clockwork, queries.enrolment(clockwork, subject_id))
