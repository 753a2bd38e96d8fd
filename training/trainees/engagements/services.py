"""Keeping where a trainee is, inside the transactions of the records that say so."""

from datetime import date

from sqlalchemy import delete, update

from training.kernel.db import Record, db
from training.trainees.engagements.models import Engagement, EngagementKind
from training.trainees.profiles.models import Trainee


def engage(trainee: Trainee, kind: EngagementKind, subject: Record, *, at: int, from_on: date, until_on: date | None = None) -> None:
    """The trainee is at organisation `at` from one day to another because of `subject`."""
    db.session.add(
        Engagement(
            trainee_id=trainee.id,
            organisation_id=at,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
        )
    )


def end(subject: Record, *, on: date) -> None:
    """What `subject` kept the trainee for ends on that day; what had not begun by then is taken back."""
    mine = (Engagement.subject_kind == subject.__tablename__) & (Engagement.subject_id == subject.id)
    db.session.execute(delete(Engagement).where(mine, Engagement.from_on > on))
    db.session.execute(update(Engagement).where(mine).values(until_on=on))
