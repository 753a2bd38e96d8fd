"""Engagements."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Word
from training.kernel.i18n import _l
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import State


class EngagementKind(State):
    """What keeps a trainee at a place."""

    STUDY = "study", _l("Studies"), "info"
    PLACEMENT = "placement", _l("Internship"), "info"
    EMPLOYMENT = "employment", _l("Works"), "success"
    SECONDMENT = "secondment", _l("Works elsewhere for a time"), "info"


class Engagement(Record):
    """Where a trainee is from one day to another, and because of which record."""

    __tablename__ = "engagement"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id"),
        CheckConstraint("until_on IS NULL OR from_on <= until_on", name="days_in_order"),
        Index("ix_engagement_trainee_kind_from", "trainee_id", "kind", "from_on"),
        Index("ix_engagement_organisation", "organisation_id", "kind", "from_on"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[EngagementKind]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]

    __register__ = Register("engagement", purpose=Purpose.TRAINING, keep=Keep.STUDY)
