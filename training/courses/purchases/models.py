"""Purchases of seats."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.purchases.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation

_ASKED = text("state = 'asked'")


class SeatPurchase(Record):
    """Seats of a cohort that an employer pays for; once the school has agreed they are a seat pool of its own."""

    __tablename__ = "seat_purchase"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"]),
        UniqueConstraint("id", "cohort_id", "employer_id"),
        UniqueConstraint("pool_id"),
        CheckConstraint("seats > 0", name="some_seats"),
        CheckConstraint("pool_id IS NOT NULL OR state NOT IN ('agreed', 'returned')", name="agreed_with_a_pool"),
        Index("uq_seat_purchase_asked", "cohort_id", "employer_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index("ix_seat_purchase_cohort", "cohort_id", "state"),
        Index("ix_seat_purchase_employer", "employer_id", "state", "id"),
        Index("ix_seat_purchase_school", "school_id", "state", "id"),
    )

    school_id: Mapped[int] = mapped_column()
    cohort_id: Mapped[int] = mapped_column()
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    seats: Mapped[int]
    """How many were asked for; those that are there now are the pool's."""
    terms: Mapped[Prose | None]
    """What both sides have agreed on: the price, the number of the contract."""
    asked_on: Mapped[date]
    pool_id: Mapped[int | None] = mapped_column()
    state: Mapped[State] = mapped_column(default=State.ASKED)
    words: Mapped[Prose | None]
    """Why the school refused."""
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    employer: Mapped[Organisation] = relationship()
    pool: Mapped[SeatPool | None] = relationship(
        foreign_keys=[pool_id], primaryjoin="foreign(SeatPurchase.pool_id) == SeatPool.id", viewonly=True
    )

    __register__ = Register("seat_purchase", purpose=Purpose.TRAINING, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The employer that buys and the school that sells."""
        return {Party.EMPLOYER: ("organisation", self.employer_id), Party.SCHOOL: ("organisation", self.school_id)}
