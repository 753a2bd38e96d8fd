"""How many seats of a code the region pays for at a school."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Word
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Organisation


class Quota(Record):
    """The state's seats of one code at one school for those who begin in one year, and how many cohorts have planned; without a number they are not limited."""

    __tablename__ = "quota"
    __table_args__ = (
        UniqueConstraint("school_id", "code", "year"),
        CheckConstraint("planned >= 0 AND (seats IS NULL OR planned <= seats)", name="never_overplanned"),
        CheckConstraint("seats IS NULL OR seats >= 0", name="seats_not_negative"),
        Index("ix_quota_year_code", "year", "code", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[Word]
    """Of the programmes, for example 15.01.05."""
    year: Mapped[int]
    """In which training begins."""
    seats: Mapped[int | None]
    """The quota; None as long as the region has set none."""
    planned: Mapped[int] = mapped_column(default=0)
    """State seats of the school's cohorts. Moved by conditional updates only."""
    act: Mapped[Line | None]
    """The act by which it was set: its name, number and day."""
    set_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship()

    __register__ = Register("quota", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def left(self) -> int | None:
        """State seats that can still be planned; None where they are not limited."""
        return None if self.seats is None else self.seats - self.planned

    def __str__(self) -> str:
        """Its code and year."""
        return f"{self.code}, {self.year}"
