"""How many wait, and the figures of seats."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import State
from training.kernel.db import db


@dataclass(frozen=True)
class Seats:
    """Seats: how many are taken, held until a deadline and free, and how many people wait for one."""

    taken: int
    held: int
    free: int
    waiting: int

    @property
    def all(self) -> int:
        """All seats there are."""
        return self.taken + self.held + self.free


def waiting_in(pool_ids: Collection[int]) -> dict[int, int]:
    """How many wait for each of the seat pools: one statement."""
    if not pool_ids:
        return {}
    query = (
        select(EnrolmentChoice.pool_id, func.count())
        .join(Enrolment, Enrolment.id == EnrolmentChoice.enrolment_id)
        .where(EnrolmentChoice.pool_id.in_(pool_ids), Enrolment.state == State.WAITLISTED)
        .group_by(EnrolmentChoice.pool_id)
    )
    return {key: count for key, count in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy


def waiting_for(cohort_ids: Collection[int]) -> dict[int, int]:
    """How many people wait in each of the cohorts: one statement."""
    if not cohort_ids:
        return {}
    query = (
        select(Enrolment.cohort_id, func.count())
        .where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.state == State.WAITLISTED)
        .group_by(Enrolment.cohort_id)
    )
    return {key: count for key, count in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
