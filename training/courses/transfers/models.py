"""Transfers between schools."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.transfers.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation

_OPEN = text("state IN ('asked', 'accepted', 'confirmed')")


class Transfer(Record):
    """A trainee's way from an enrolment at one school into a cohort of another; what shows their skills stays theirs."""

    __tablename__ = "transfer"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id", "sending_id"], ["enrolment.id", "enrolment.school_id"]),
        ForeignKeyConstraint(["cohort_id", "receiving_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"]),
        CheckConstraint("sending_id <> receiving_id", name="between_two_schools"),
        CheckConstraint(
            "state NOT IN ('accepted', 'confirmed', 'completed') OR (pool_id IS NOT NULL AND from_on IS NOT NULL)",
            name="accepted_with_seat_and_day",
        ),
        CheckConstraint("(state = 'completed') = (made_id IS NOT NULL)", name="completed_by_an_enrolment"),
        Index("uq_transfer_open", "enrolment_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_transfer_enrolment", "enrolment_id", "id"),
        Index("ix_transfer_cohort", "cohort_id", "state"),
        Index("ix_transfer_pool", "pool_id", "state"),
        Index("ix_transfer_sending", "sending_id", "state", "id"),
        Index("ix_transfer_receiving", "receiving_id", "state", "id"),
        Index("ix_transfer_state_from", "state", "from_on", "id"),
    )

    enrolment_id: Mapped[int] = mapped_column()
    sending_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The school that the trainee leaves."""
    cohort_id: Mapped[int] = mapped_column()
    receiving_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The school that the trainee asks."""
    words: Mapped[Prose]
    """Why, as the trainee says it."""
    asked_on: Mapped[date]
    pool_id: Mapped[int | None] = mapped_column()
    """The seat that the receiving school keeps or kept last."""
    from_on: Mapped[date | None]
    """The first day there, once the receiving school has accepted; from then on the sending school knows of it."""
    answer: Mapped[Prose | None]
    """Why a school said no."""
    made_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    """The enrolment there, once the trainee has moved."""
    state: Mapped[State] = mapped_column(default=State.ASKED)
    version: Mapped[int] = mapped_column()
    enrolment: Mapped[Enrolment] = relationship(foreign_keys=[enrolment_id, sending_id])
    sending: Mapped[Organisation] = relationship(foreign_keys=[sending_id], viewonly=True)
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, receiving_id])
    receiving: Mapped[Organisation] = relationship(foreign_keys=[receiving_id], viewonly=True)
    pool: Mapped[SeatPool | None] = relationship(
        foreign_keys=[pool_id], primaryjoin="foreign(Transfer.pool_id) == SeatPool.id", viewonly=True
    )

    __register__ = Register("transfer", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words", "answer"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The trainee, and the school whose move it is: the receiving one until it has answered, then the sending one."""
        school = self.receiving_id if self.state is State.ASKED else self.sending_id
        return {Party.TRAINEE: ("trainee", self.enrolment.trainee_id), Party.SCHOOL: ("organisation", school)}
