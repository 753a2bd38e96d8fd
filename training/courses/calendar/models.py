"""Academic years of schools, and their terms and days off."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.calendar.workflow import PeriodKind
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line
from training.kernel.register import Keep, Purpose, Register


class AcademicYear(Record):
    """A school's year of teaching, from its first day to its last."""

    __tablename__ = "academic_year"
    __table_args__ = (
        UniqueConstraint("id", "school_id"),
        CheckConstraint("starts_on < ends_on", name="days_in_order"),
        Index("ix_academic_year_school_starts", "school_id", "starts_on", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    built_on_at: Mapped[datetime | None]
    """Since when a timetable stands on its days: from then on they do not move."""
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    periods: Mapped[list["Period"]] = relationship(order_by="Period.starts_on, Period.id", viewonly=True)

    __register__ = Register("academic_year", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    def of_kind(self, kind: PeriodKind) -> Sequence["Period"]:
        """Its terms, or its days off, in order."""
        return [one for one in self.periods if one.kind is kind]

    @property
    def name(self) -> str:
        """As people name it, by the years that it touches: 2026/27."""
        first, last = self.starts_on.year, self.ends_on.year
        return str(first) if first == last else f"{first}/{last % 100:02}"

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Period(Record):
    """A part of an academic year with a name: a term, or days on which nobody is taught."""

    __tablename__ = "academic_period"
    __table_args__ = (
        ForeignKeyConstraint(["year_id", "school_id"], ["academic_year.id", "academic_year.school_id"]),
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        Index("ix_academic_period_year_starts", "year_id", "starts_on", "id"),
    )

    year_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[PeriodKind]
    name: Mapped[Line]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    year: Mapped[AcademicYear] = relationship(viewonly=True)

    __register__ = Register("academic_period", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """Its name."""
        return self.name
