"""Pairs of records, and what a merge moved."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Facts, Word
from training.kernel.register import Keep, Purpose, Register
from training.trainees.merges.workflow import State
from training.trainees.profiles.models import Trainee


class Pair(Record):
    """What a school has said of two of its trainees: that they are two people, or one, and which record is kept."""

    __tablename__ = "trainee_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        CheckConstraint("(state = 'merged') = (kept_id IS NOT NULL)", name="one_is_kept"),
        CheckConstraint("kept_id IN (first_id, second_id)", name="kept_is_of_the_pair"),
        Index("ix_trainee_pair_school_state", "school_id", "state", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.OPEN)
    kept_id: Mapped[int | None] = mapped_column(ForeignKey("trainee.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """The account that went over to the record that is kept."""
    filled: Mapped[Facts | None]
    """`columns`: what the record that is kept did not say and now says as the other does."""
    merged_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    first: Mapped[Trainee] = relationship(foreign_keys=[first_id])
    second: Mapped[Trainee] = relationship(foreign_keys=[second_id])

    __register__ = Register("trainee_pair", purpose=Purpose.OPERATION, keep=Keep.STUDY, of_person=False)
    __mapper_args__ = {"version_id_col": version}


class MergeMoved(Record):
    """One value that a merge changed from the record given up to the one that is kept: table, column and key."""

    __tablename__ = "merge_moved"
    __table_args__ = (UniqueConstraint("pair_id", "table_name", "column_name", "row_id"),)

    pair_id: Mapped[int] = mapped_column(ForeignKey("trainee_pair.id"))
    table_name: Mapped[Word]
    column_name: Mapped[Word]
    row_id: Mapped[int]

    __register__ = Register("merge_moved", purpose=Purpose.OPERATION, keep=Keep.STUDY)
