"""Employments."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Line, Word
from training.kernel.register import Keep, Purpose, Register


class Employment(Record):
    """A job that a trainee has or had, and the record it came from."""

    __tablename__ = "employment"
    __table_args__ = (Index("ix_employment_employer", "employer_id", "began_on"),)

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[Line]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]

    __register__ = Register("employment", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("position",))
