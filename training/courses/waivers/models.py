"""Waivers of prerequisites."""

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.courses.programmes.models import Programme
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.trainees.profiles.models import Trainee


class Waiver(Record):
    """Somebody may begin a programme without its prerequisites: who said so, when and why.

    Rows neither change nor go (the database refuses); only the words can be erased, and the person's records joined.
    """

    __tablename__ = "waiver"
    __table_args__ = (
        ForeignKeyConstraint(["programme_id", "school_id"], ["programme.id", "programme.school_id"]),
        Index("ix_waiver_programme", "programme_id", "trainee_id", "id"),
    )

    school_id: Mapped[int] = mapped_column(index=True)
    programme_id: Mapped[int]
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    words: Mapped[Prose]
    """Why."""
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    granted_on: Mapped[date]
    programme: Mapped[Programme] = relationship()
    trainee: Mapped[Trainee] = relationship()
    by: Mapped[Account] = relationship()
    revocation: Mapped["WaiverRevocation | None"] = relationship(viewonly=True)
    """That it was taken back, if it was."""

    __register__ = Register("waiver", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))


class WaiverRevocation(Record):
    """That a waiver does not count any more: a further row, because the waiver stays as it was granted.

    Rows neither change nor go (the database refuses); only the words can be erased.
    """

    __tablename__ = "waiver_revocation"

    waiver_id: Mapped[int] = mapped_column(ForeignKey("waiver.id"), unique=True)
    words: Mapped[Prose]
    """Why."""
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    revoked_on: Mapped[date]
    by: Mapped[Account] = relationship()

    __register__ = Register("waiver_revocation", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))
