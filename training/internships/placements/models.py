"""Placements: one trainee's stay at an employer; and how many trainees each mentor has."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, foreign, mapped_column, remote

from training.accounts.memberships.models import Membership
from training.internships.openings.models import Opening
from training.internships.placements.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


class Placement(Record):
    """A trainee's stay at an employer, arranged by a school."""

    __tablename__ = "placement"
    __table_args__ = (
        ForeignKeyConstraint(["opening_id", "employer_id"], ["opening.id", "opening.employer_id"], name="fk_placement_opening"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("weekly_hours BETWEEN 1 AND 40 AND daily_hours BETWEEN 1 AND 12", name="hours_in_range"),
        CheckConstraint("mentor_id IS NOT NULL OR state NOT IN ('accepted', 'agreed', 'active', 'completed')", name="mentor_named"),
        Index("ix_placement_school_state", "school_id", "state", "starts_on", "id"),
        Index("ix_placement_employer_state", "employer_id", "state", "starts_on", "id"),
        Index("ix_placement_school_starts", "school_id", "starts_on", "id"),
        Index("ix_placement_school_ends", "school_id", "ends_on", "id"),
        Index("ix_placement_employer_starts", "employer_id", "starts_on", "id"),
        Index("ix_placement_employer_ends", "employer_id", "ends_on", "id"),
        Index("ix_placement_trainee", "trainee_id", "state", "starts_on"),
        Index("ix_placement_opening", "opening_id", "employer_id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    opening_id: Mapped[int | None] = mapped_column()
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    weekly_hours: Mapped[int]
    daily_hours: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.REQUESTED)
    approved_at: Mapped[datetime | None]
    """Since when the employer may know of it."""
    reason: Mapped[Prose | None]
    """Why it ended otherwise than planned, as the trainee reads it."""
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship(foreign_keys=[school_id])
    employer: Mapped[Organisation] = relationship(foreign_keys=[employer_id])
    opening: Mapped[Opening | None] = relationship(primaryjoin=lambda: foreign(Placement.opening_id) == remote(Opening.id), viewonly=True)
    trainee: Mapped[Trainee] = relationship()
    mentor: Mapped[Membership | None] = relationship(foreign_keys=[mentor_id])
    supervisor: Mapped[Membership | None] = relationship(foreign_keys=[supervisor_id])

    __register__ = Register("placement", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """School, employer, trainee; the mentor and the supervisor once they are named."""
        named = {
            Party.SCHOOL: ("organisation", self.school_id),
            Party.EMPLOYER: ("organisation", self.employer_id),
            Party.TRAINEE: ("trainee", self.trainee_id),
        }
        if self.mentor_id is not None:
            named[Party.MENTOR] = ("membership", self.mentor_id)
        if self.supervisor_id is not None:
            named[Party.TEACHER] = ("membership", self.supervisor_id)
        return named

    @property
    def planned_minutes(self) -> int:
        """The hours of the whole stay in minutes: the weekly hours for every week begun by its share of five working days."""
        weeks, rest = divmod((self.ends_on - self.starts_on).days + 1, 7)
        return weeks * self.weekly_hours * 60 + min(rest * self.daily_hours, self.weekly_hours) * 60


class MentorLoad(Record):
    """How many trainees a mentor has now and may have; moved by conditional updates alone."""

    __tablename__ = "mentor_load"
    __table_args__ = (CheckConstraint("held >= 0 AND held <= most", name="never_more_than_allowed"),)

    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), unique=True)
    most: Mapped[int]
    held: Mapped[int] = mapped_column(default=0)

    __register__ = Register("mentor_load", purpose=Purpose.TRAINING, keep=Keep.STUDY)
