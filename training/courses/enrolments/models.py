"""Enrolments, the seats that each person named, and who enters only together."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.workflow import Leaving, State
from training.kernel.db import Record, relationship
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.trainees.profiles.models import Trainee

_BOUND = text("bond_id IS NOT NULL")
_OPEN = text("state IN ('applied', 'waitlisted', 'offered') AND priority IS NOT NULL")
_ACTIVE = text("state IN ('applied', 'waitlisted', 'offered', 'enrolled', 'on_leave', 'completed')")


class EnrolmentBond(Record):
    """People in a queue who enter all or none."""

    __tablename__ = "enrolment_bond"
    __table_args__ = (
        ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"]),
        Index("ix_enrolment_bond_pool", "pool_id"),
    )

    cohort_id: Mapped[int] = mapped_column(index=True)
    pool_id: Mapped[int]
    """The one kind of seat that all of them wait for."""
    waits: Mapped[bool] = mapped_column(default=True)
    """Whether they are called when it is their turn; not while they think again because somebody does not come along."""

    __register__ = Register("enrolment_bond", purpose=Purpose.TRAINING, keep=Keep.STUDY)


class Enrolment(Record):
    """A person in a cohort: in its queue, on a seat, or gone."""

    __tablename__ = "enrolment"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"]),
        UniqueConstraint("id", "school_id"),
        CheckConstraint("pool_id IS NOT NULL OR state NOT IN ('offered', 'enrolled', 'on_leave', 'completed')", name="seated_in_a_pool"),
        CheckConstraint("priority BETWEEN 1 AND 5", name="priority_in_range"),
        CheckConstraint("agreed_at IS NULL OR bond_id IS NOT NULL", name="agreed_with_a_bond"),
        Index("uq_enrolment_active", "trainee_id", "cohort_id", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index("uq_enrolment_priority", "trainee_id", "priority", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_enrolment_trainee", "trainee_id", "id"),
        Index("ix_enrolment_queue", "cohort_id", "state", "applied_at", "id"),
        Index("ix_enrolment_pool", "pool_id", "state"),
        Index("ix_enrolment_school", "school_id", "state"),
        Index("ix_enrolment_bond", "bond_id", sqlite_where=_BOUND, postgresql_where=_BOUND),
    )

    school_id: Mapped[int] = mapped_column()
    cohort_id: Mapped[int] = mapped_column()
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    pool_id: Mapped[int | None] = mapped_column()
    """The seat that is held or was held last."""
    applied_at: Mapped[datetime]
    """The place in the queue, with the key."""
    priority: Mapped[int | None]
    """Where admission is by selection: how much the person wants this one, 1 the most; no two open ones alike."""
    rank: Mapped[int | None]
    """Where admission is by selection: the place on the list that the school published last."""
    state: Mapped[State] = mapped_column(default=State.WAITLISTED)
    claim_until_at: Mapped[datetime | None]
    bond_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_bond.id"))
    """Whom the person waits or waited together with."""
    agreed_at: Mapped[datetime | None]
    """When somebody of a team said yes to the held seat; it is taken when all of them have."""
    enrolled_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """When it was completed, or ended otherwise."""
    left_because: Mapped[Leaving | None]
    """Why the trainee left, where they did so themselves; their own words stand in the history."""
    hired_on: Mapped[date | None]
    """When the trainee was first hired after completing."""
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    pool: Mapped[SeatPool | None] = relationship(
        foreign_keys=[pool_id], primaryjoin="foreign(Enrolment.pool_id) == SeatPool.id", viewonly=True
    )
    trainee: Mapped[Trainee] = relationship()
    choices: Mapped[list["EnrolmentChoice"]] = relationship(order_by="EnrolmentChoice.place", viewonly=True)

    __register__ = Register("enrolment", purpose=Purpose.TRAINING, keep=Keep.STUDY)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The trainee and the school."""
        return {Party.TRAINEE: ("trainee", self.trainee_id), Party.SCHOOL: ("organisation", self.school_id)}


class EnrolmentChoice(Record):
    """One of the seat pools that a person named, in the order they prefer."""

    __tablename__ = "enrolment_choice"
    __table_args__ = (UniqueConstraint("enrolment_id", "pool_id"), UniqueConstraint("enrolment_id", "place"))

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pool.id"), index=True)
    place: Mapped[int]
    pool: Mapped[SeatPool] = relationship(viewonly=True)

    __register__ = Register("enrolment_choice", purpose=Purpose.TRAINING, keep=Keep.STUDY)
