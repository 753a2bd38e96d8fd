"""Classes of other systems that are cohorts here."""

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Digest
from training.kernel.register import Keep, Purpose, Register


class RosterClass(Record):
    """Which cohort a class of another system is, so that the next bundle finds it whatever it is called by then."""

    __tablename__ = "roster_class"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("school_id", "source"),
    )

    school_id: Mapped[int]
    source: Mapped[Digest]
    """Of its sourcedId there."""
    cohort_id: Mapped[int] = mapped_column(index=True)
    planned: Mapped[bool] = mapped_column(default=False)
    """Whether the cohort was planned for it."""

    __register__ = Register("roster_class", purpose=Purpose.OPERATION, keep=Keep.STUDY, of_person=False)
