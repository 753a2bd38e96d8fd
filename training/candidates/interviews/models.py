"""Interviews and their panels."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.candidates.applications.models import Application
from training.candidates.interviews.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation


class Interview(Record):
    """A meeting of a candidate with the employer's people."""

    __tablename__ = "interview"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        Index("ix_interview_application", "application_id", "starts_at", "id"),
        Index("ix_interview_employer_starts", "employer_id", "starts_at", "id"),
        Index("ix_interview_trainee_starts", "trainee_id", "starts_at", "id"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[Line]
    """A room, an address, or the address of a video call."""
    state: Mapped[State] = mapped_column(default=State.PROPOSED)
    words: Mapped[Prose | None]
    """Why it was declined or cancelled."""
    version: Mapped[int] = mapped_column()
    application: Mapped[Application] = relationship()
    employer: Mapped[Organisation] = relationship()
    panel: Mapped[list["InterviewPanel"]] = relationship(order_by="InterviewPanel.id", back_populates="interview")

    __register__ = Register("interview", purpose=Purpose.RECRUITING, keep=Keep.RECRUITING, personal=("words",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The candidate and the employer."""
        return {Party.TRAINEE: ("trainee", self.trainee_id), Party.EMPLOYER: ("organisation", self.employer_id)}


class InterviewPanel(Record):
    """One of the employer's people in an interview."""

    __tablename__ = "interview_panel"
    __table_args__ = (UniqueConstraint("interview_id", "membership_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    interview: Mapped[Interview] = relationship(back_populates="panel")
    membership: Mapped[Membership] = relationship()

    __register__ = Register("interview_panel", purpose=Purpose.RECRUITING, keep=Keep.RECRUITING)
