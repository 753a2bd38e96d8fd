"""Lessons, and the weekly patterns that make them."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.courses.cohorts.models import Cohort
from training.courses.lessons.workflow import Parity, State
from training.courses.programmes.models import Module
from training.courses.rooms.models import Room
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Organisation

HOUR = timedelta(minutes=45)
"""An academic hour, in which the hours of modules are counted (order of the Ministry of Education of Russia 762 of 24 August 2022)."""


class LessonPattern(Record):
    """What is taught to a cohort week by week: a module by a teacher in a room, on one weekday, from a day to a day."""

    __tablename__ = "lesson_pattern"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["room_id", "school_id"], ["room.id", "room.school_id"]),
        UniqueConstraint("id", "cohort_id"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_in_week"),
        CheckConstraint("0 <= begins AND begins < ends AND ends <= 1440", name="times_in_order"),
        CheckConstraint("from_on <= until_on", name="days_in_order"),
        Index("ix_lesson_pattern_cohort_from", "cohort_id", "from_on", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    cohort_id: Mapped[int] = mapped_column()
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    room_id: Mapped[int] = mapped_column(index=True)
    weekday: Mapped[int]
    """0 is Monday."""
    begins: Mapped[int]
    """Minutes after midnight at the school, as `ends`."""
    ends: Mapped[int]
    parity: Mapped[Parity] = mapped_column(default=Parity.EVERY)
    from_on: Mapped[date]
    until_on: Mapped[date]
    stopped_from_on: Mapped[date | None]
    """From which day on its lessons were taken out again."""
    reason: Mapped[Prose | None]
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    module: Mapped[Module] = relationship()
    teacher: Mapped[Membership] = relationship()
    room: Mapped[Room] = relationship(primaryjoin="LessonPattern.room_id == Room.id", foreign_keys=[room_id])
    school: Mapped[Organisation] = relationship(viewonly=True)

    __register__ = Register("lesson_pattern", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}


class Lesson(Record):
    """One lesson of a cohort: a module, a teacher, a room and a time."""

    __tablename__ = "lesson"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["room_id", "school_id"], ["room.id", "room.school_id"]),
        ForeignKeyConstraint(["pattern_id", "cohort_id"], ["lesson_pattern.id", "lesson_pattern.cohort_id"]),
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        CheckConstraint("minutes > 0", name="some_minutes"),
        Index("ix_lesson_cohort_starts", "cohort_id", "starts_at", "id"),
        Index("ix_lesson_teacher_starts", "teacher_id", "starts_at", "id"),
        Index("ix_lesson_room_starts", "room_id", "starts_at"),
        Index("ix_lesson_school_held", "school_id", "held_on", "state"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    cohort_id: Mapped[int] = mapped_column()
    pattern_id: Mapped[int | None] = mapped_column(index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    room_id: Mapped[int] = mapped_column()
    held_on: Mapped[date]
    """The day at the school."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    """How long it is, which hours are counted from."""
    state: Mapped[State] = mapped_column(default=State.PLANNED)
    reason: Mapped[Prose | None]
    """Why it was cancelled."""
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    module: Mapped[Module] = relationship()
    teacher: Mapped[Membership] = relationship()
    room: Mapped[Room] = relationship(primaryjoin="Lesson.room_id == Room.id", foreign_keys=[room_id])
    school: Mapped[Organisation] = relationship(viewonly=True)

    __register__ = Register("lesson", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}
