"""Scans of signed agreements."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.files.models import StoredFile
from training.internships.agreements.models import Agreement
from training.internships.scans.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party


class AgreementScan(Record):
    """An agreement's paper with the signatures of its parties up to one, and what a second person found."""

    __tablename__ = "agreement_scan"
    __table_args__ = (
        Index(
            "uq_agreement_scan_open",
            "agreement_id",
            unique=True,
            sqlite_where=text("state = 'brought'"),
            postgresql_where=text("state = 'brought'"),
        ),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> brought_by_id", name="second_person"),
        CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name="confirmed_by_somebody"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    until: Mapped[int]
    """The place of the last party that has signed on the paper."""
    signers: Mapped[Line]
    """The names on the paper."""
    signed_on: Mapped[date]
    """The last date on the paper."""
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    brought_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.BROUGHT)
    reason: Mapped[Prose | None]
    """Why it was not taken."""
    version: Mapped[int] = mapped_column()
    agreement: Mapped[Agreement] = relationship()
    file: Mapped[StoredFile] = relationship()
    brought_by: Mapped[Account] = relationship(foreign_keys=[brought_by_id])

    __register__ = Register("agreement_scan", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("signers", "reason"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school."""
        return {Party.SCHOOL: ("organisation", self.school_id)}

    @property
    def covered(self) -> str:
        """The parties that signed on the paper, by name."""
        return ", ".join(side.name for side in self.agreement.sides if side.place <= self.until)
