"""Invitations to apply."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.register import Keep, Purpose, Register


class TalentInvitation(Record):
    """An employer has invited a person to apply for a vacancy, once."""

    __tablename__ = "talent_invitation"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "trainee_id"),
        ForeignKeyConstraint(["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"]),
        Index("ix_talent_invitation_vacancy_employer", "vacancy_id", "employer_id"),
    )

    vacancy_id: Mapped[int]
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    invited_at: Mapped[datetime]

    __register__ = Register("talent_invitation", purpose=Purpose.RECRUITING, keep=Keep.RECRUITING)
