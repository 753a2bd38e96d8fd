"""Visits of placements, and how often a school makes them."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.internships.placements.models import Placement
from training.internships.visits.workflow import Means, Standing, State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

WEEKS, MOST_WEEKS = 10, 26
"""Weeks from one visit to the next: while a school has not said otherwise, and at most."""


class Visit(Record):
    """Somebody of the school meets a trainee and the mentor; several trainees of one host are seen by visits at the same time."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        CheckConstraint("(state IN ('held', 'concluded')) = (standing IS NOT NULL)", name="held_with_standing"),
        Index("ix_visit_school_starts", "school_id", "starts_at", "id"),
        Index("ix_visit_employer_starts", "employer_id", "starts_at", "id"),
        Index("ix_visit_placement_starts", "placement_id", "starts_at", "id"),
        Index("ix_visit_visitor_starts", "visitor_id", "starts_at"),
        Index(
            "uq_visit_planned",
            "placement_id",
            unique=True,
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    visitor_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    means: Mapped[Means] = mapped_column(default=Means.AT_WORK)
    place: Mapped[Line]
    """Where at the host, a number, or the address of a call."""
    agenda: Mapped[Prose | None]
    """What is to be talked about."""
    state: Mapped[State] = mapped_column(default=State.PLANNED)
    reason: Mapped[Prose | None]
    """Why it was cancelled."""
    findings: Mapped[Prose | None]
    agreed: Mapped[Prose | None]
    standing: Mapped[Standing | None]
    follow_up_on: Mapped[date | None]
    """By when the next visit is wanted, where that is sooner than usual."""
    school_note: Mapped[Prose | None]
    """What only the school reads."""
    mentor_at: Mapped[datetime | None]
    """When the mentor answered; without words, by confirming."""
    mentor_words: Mapped[Prose | None]
    trainee_at: Mapped[datetime | None]
    trainee_words: Mapped[Prose | None]
    version: Mapped[int] = mapped_column()
    placement: Mapped[Placement] = relationship()
    visitor: Mapped[Membership] = relationship()

    __register__ = Register(
        "visit",
        purpose=Purpose.TRAINING,
        keep=Keep.STUDY,
        personal=("place", "agenda", "reason", "findings", "agreed", "school_note", "mentor_words", "trainee_words"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """Those of the placement; its teacher is whoever makes the visit."""
        return {**self.placement.parties, Party.TEACHER: ("membership", self.visitor_id)}


class VisitCadence(Record):
    """How often a school wants every placement to be visited."""

    __tablename__ = "visit_cadence"
    __table_args__ = (CheckConstraint("weeks BETWEEN 1 AND 26", name="weeks_in_range"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    weeks: Mapped[int]

    __register__ = Register("visit_cadence", purpose=Purpose.TRAINING, keep=Keep.PUBLISHED)
