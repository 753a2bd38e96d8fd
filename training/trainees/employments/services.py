"""Keeping employments, inside the transaction that brings one about."""

from datetime import date

from training.kernel.db import Record, db
from training.trainees.employments.models import Employment
from training.trainees.profiles.models import Trainee


def employ(trainee: Trainee, subject: Record, *, employer_id: int, position: str, began_on: date) -> Employment:
    """The trainee begins to work at an employer because of `subject`."""
    employment = Employment(
        trainee_id=trainee.id,
        employer_id=employer_id,
        position=position,
        began_on=began_on,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
    )
    db.session.add(employment)
    db.session.flush()  # callers name the employment in their event
    return employment
