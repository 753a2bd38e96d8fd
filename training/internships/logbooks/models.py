"""Logbook entries."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.internships.logbooks.workflow import State
from training.internships.placements.models import Placement
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.taxonomy.models import Skill

STEP, LEAST, MOST = 15, 15, 720
"""Minutes: hours are written in quarters, from a quarter to twelve."""


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


class LogbookEntry(Record):
    """What a trainee did on one day of a placement; once countersigned it never changes (the database refuses)."""

    __tablename__ = "logbook_entry"
    __table_args__ = (
        UniqueConstraint("placement_id", "worked_on", "number"),
        CheckConstraint("minutes BETWEEN 15 AND 720 AND minutes % 15 = 0", name="quarter_hours"),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    worked_on: Mapped[date]
    number: Mapped[int]
    """The entry's place among those of the day, from 1."""
    task: Mapped[Prose]
    result: Mapped[Prose | None]
    minutes: Mapped[int]
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    comment: Mapped[Prose | None]
    """Why the mentor sent it back."""
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column()
    placement: Mapped[Placement] = relationship()
    skill: Mapped[Skill | None] = relationship()

    __register__ = Register("logbook_entry", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("task", "result", "comment"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """Those of the placement."""
        return self.placement.parties

    @property
    def hours(self) -> float:
        """The hours in quarters; 0.25 to 12."""
        return self.minutes / 60

    @property
    def monday(self) -> date:
        """The first day of its week."""
        return monday_of(self.worked_on)
