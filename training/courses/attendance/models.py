"""The attendance of lessons."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.attendance.workflow import Mark
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.models import Lesson
from training.kernel.db import Record, relationship
from training.kernel.register import Keep, Purpose, Register


class AttendanceSheet(Record):
    """A lesson's attendance was marked: when, and by whom last."""

    __tablename__ = "attendance_sheet"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), unique=True)
    marked_at: Mapped[datetime]
    marked_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)

    __register__ = Register("attendance_sheet", purpose=Purpose.TRAINING, keep=Keep.STUDY, of_person=False)


class Attendance(Record):
    """How one person was at one lesson."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("lesson_id", "enrolment_id"),
        CheckConstraint("(mark = 'late') = (minutes IS NOT NULL)", name="late_by_minutes"),
        CheckConstraint("minutes > 0", name="some_minutes"),
    )

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    mark: Mapped[Mark] = mapped_column(default=Mark.PRESENT)
    minutes: Mapped[int | None]
    """By how many somebody was late."""
    lesson: Mapped[Lesson] = relationship()
    enrolment: Mapped[Enrolment] = relationship()

    __register__ = Register("attendance", purpose=Purpose.TRAINING, keep=Keep.STUDY)
