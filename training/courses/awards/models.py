"""Proposals to issue credentials."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.courses.awards.workflow import State
from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party


class Award(Record):
    """Credentials that one person of a school proposes for people of a cohort, until a second person has decided."""

    __tablename__ = "award"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="second_person"),
        CheckConstraint("(state IN ('issuing', 'done')) = (confirmed_by_id IS NOT NULL)", name="confirmed_by_somebody"),
        CheckConstraint("people > 0 AND done BETWEEN 0 AND people", name="done_within_people"),
        Index("ix_award_cohort_state", "cohort_id", "state", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    cohort_id: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.PROPOSED)
    people: Mapped[int]
    """For how many it is."""
    done: Mapped[int] = mapped_column(default=0)
    """How many of them have their credential."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[Prose | None]
    """Why it was turned down."""
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(primaryjoin="foreign(Award.cohort_id) == Cohort.id", viewonly=True)
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])
    lines: Mapped[list["AwardLine"]] = relationship(order_by="AwardLine.id", viewonly=True)

    __register__ = Register("award", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school."""
        return {Party.SCHOOL: ("organisation", self.school_id)}


class AwardLine(Record):
    """One credential of a proposal."""

    __tablename__ = "award_line"
    __table_args__ = (UniqueConstraint("credential_id"),)

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"))
    credential: Mapped[Credential] = relationship()

    __register__ = Register("award_line", purpose=Purpose.TRAINING, keep=Keep.STUDY)
