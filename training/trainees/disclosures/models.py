"""Disclosures."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Word
from training.kernel.register import Keep, Purpose, Register
from training.trainees.disclosures.workflow import Because


class Disclosure(Record):
    """A trainee may be seen by one organisation, or by all verified employers; why, since, until."""

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("trainee_id", "organisation_id", "because", "subject_kind", "subject_id"),
        Index("ix_disclosure_organisation", "organisation_id", "until_at", "trainee_id"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Nobody in particular: all verified employers."""
    because: Mapped[Because]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    since_at: Mapped[datetime]
    until_at: Mapped[datetime | None]

    __register__ = Register("disclosure", purpose=Purpose.TRAINING, keep=Keep.STUDY)
