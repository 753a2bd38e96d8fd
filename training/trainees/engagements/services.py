"""Keeping where a trainee is, inside the transactions of the records that say so."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, update

from training.kernel.db import Record, db
from training.trainees.engagements.models import Engagement, EngagementKind
from training.trainees.profiles.models import Trainee

_ADD = insert(Record.metadata.tables[Engagement.__tablename__])


def engage(trainee: Trainee, kind: EngagementKind, subject: Record, *, at: int, from_on: date, until_on: date | None = None) -> None:
    """The trainee is at organisation `at` from one day to another because of `subject`."""
    there = {"trainee_id": trainee.id, "organisation_id": at, "kind": kind, "from_on": from_on, "until_on": until_on}
    db.session.connection().execute(_ADD, there | {"subject_kind": subject.__tablename__, "subject_id": subject.id})


def end(subject: Record, *, on: date) -> None:
    """What `subject` kept the trainee for ends on that day; what had not begun by then is taken back."""
    mine = (Engagement.subject_kind == subject.__tablename__) & (Engagement.subject_id == subject.id)
    db.session.execute(delete(Engagement).where(mine, Engagement.from_on > on))
    db.session.execute(update(Engagement).where(mine).values(until_on=on))


def end_each(subjects: Sequence[Record], *, on: date) -> None:
    """As `end`, of many records of a kind: two statements."""
    if subjects:
        kind, ids = subjects[0].__tablename__, [one.id for one in subjects]
        mine = (Engagement.subject_kind == kind) & Engagement.subject_id.in_(ids)
        options = {"synchronize_session": False}
        db.session.execute(delete(Engagement).where(mine, Engagement.from_on > on).execution_options(**options))
        db.session.execute(update(Engagement).where(mine).values(until_on=on).execution_options(**options))


def forget_each(subjects: Sequence[Record]) -> None:
    """Takes back what many records of a kind kept trainees for, before it is told anew: one statement."""
    if subjects:
        kind, ids = subjects[0].__tablename__, [one.id for one in subjects]
        mine = (Engagement.subject_kind == kind) & Engagement.subject_id.in_(ids)
        db.session.execute(delete(Engagement).where(mine).execution_options(synchronize_session=False))
