"""Assessments, commissions, and results, which are only ever added."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.courses.assessments.reading import shown
from training.courses.assessments.workflow import FINAL, Kind, Level, State
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module
from training.courses.scales.models import ScaleBand, ScaleEdition
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

MOST_POINTS, MOST_WEIGHT = 1_000, 10
_FIRST = text("replaces_id IS NULL")
_CHAIR = text("chair")


class Assessment(Record):
    """What a cohort is asked in a module, or at the end of the whole programme, on one day."""

    __tablename__ = "assessment"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("id", "school_id"),
        CheckConstraint("maximum BETWEEN 1 AND 1000", name="maximum_in_range"),
        CheckConstraint("weight BETWEEN 1 AND 10", name="weight_in_range"),
        Index("ix_assessment_cohort", "cohort_id", "held_on", "id"),
        Index("ix_assessment_school", "school_id", "held_on", "id"),
    )

    school_id: Mapped[int] = mapped_column()
    cohort_id: Mapped[int] = mapped_column()
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    """None where the whole programme is assessed."""
    kind: Mapped[Kind]
    title: Mapped[Line]
    edition_id: Mapped[int] = mapped_column(ForeignKey("scale_edition.id"), index=True)
    """The edition that held on the day when it was made; it stays."""
    maximum: Mapped[int | None]
    """Points; None where marks are given without points."""
    weight: Mapped[int] = mapped_column(default=1)
    held_on: Mapped[date]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.MARKING)
    shown_until: Mapped[int | None]
    """Results up to this key are seen and count; None: all of them."""
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    module: Mapped[Module | None] = relationship()
    edition: Mapped[ScaleEdition] = relationship()
    teacher: Mapped[Membership] = relationship()
    demonstration: Mapped["Demonstration | None"] = relationship(uselist=False, viewonly=True)
    examiners: Mapped[list["Examiner"]] = relationship(order_by="Examiner.chair.desc(), Examiner.id", viewonly=True)

    __register__ = Register("assessment", purpose=Purpose.TRAINING, keep=Keep.STUDY)
    __mapper_args__ = {"version_id_col": version}

    @property
    def final(self) -> bool:
        """Whether its mark is the module's."""
        return self.kind in FINAL

    @property
    def chair(self) -> "Examiner | None":
        """Who confirms the results, where there is a commission."""
        return next((one for one in self.examiners if one.chair), None)

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school, and the chair of the commission where there is one."""
        chair = self.chair
        mine = {Party.TEACHER: ("membership", chair.membership_id)} if chair is not None and chair.membership_id is not None else {}
        return {Party.SCHOOL: ("organisation", self.school_id), **mine}

    def shows(self, result_id: int) -> bool:
        """Whether a result is seen and counts."""
        return self.shown_until is None or result_id <= self.shown_until

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Demonstration(Record):
    """What is particular to a demonstration exam: its level, the kit of tasks, and where it is held."""

    __tablename__ = "demonstration"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), unique=True)
    level: Mapped[Level]
    kit_code: Mapped[Word]
    centre: Mapped[Line]

    __register__ = Register("demonstration", purpose=Purpose.TRAINING, keep=Keep.STUDY)


class Examiner(Record):
    """Somebody of a commission: one of the school's people, or somebody from outside by name."""

    __tablename__ = "examiner"
    __table_args__ = (
        UniqueConstraint("assessment_id", "membership_id"),
        CheckConstraint("(membership_id IS NULL) <> (name IS NULL)", name="member_or_name"),
        CheckConstraint("NOT chair OR membership_id IS NOT NULL", name="chair_is_a_member"),
        Index("uq_examiner_chair", "assessment_id", unique=True, sqlite_where=_CHAIR, postgresql_where=_CHAIR),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    name: Mapped[Line | None]
    chair: Mapped[bool] = mapped_column(default=False)
    membership: Mapped[Membership | None] = relationship()

    __register__ = Register("examiner", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("name",))

    @property
    def person(self) -> Membership | str:
        """The member, or the name of somebody from outside."""
        return self.membership if self.membership is not None else self.name or ""

    def __str__(self) -> str:
        """The name."""
        return self.membership.name if self.membership is not None else self.name or ""


class Result(Record):
    """What a trainee achieved in one attempt; a correction is a further row that says which one it replaces, and why.

    Rows neither change nor go (the database refuses); only the words of a reason can be erased.
    """

    __tablename__ = "assessment_result"
    __table_args__ = (
        ForeignKeyConstraint(["assessment_id", "school_id"], ["assessment.id", "assessment.school_id"]),
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        ForeignKeyConstraint(
            ["replaces_id", "assessment_id", "enrolment_id"],
            ["assessment_result.id", "assessment_result.assessment_id", "assessment_result.enrolment_id"],
            name="fk_assessment_result_replaces_id",
        ),
        UniqueConstraint("id", "assessment_id", "enrolment_id"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("attempt >= 1", name="attempt_counted"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("absent = (band_id IS NULL)", name="absent_without_mark"),
        CheckConstraint("NOT absent OR points IS NULL", name="absent_without_points"),
        Index(
            "uq_assessment_result_first",
            "assessment_id",
            "enrolment_id",
            "attempt",
            unique=True,
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        Index("ix_assessment_result_assessment", "assessment_id", "enrolment_id", "attempt", "id"),
        Index("ix_assessment_result_enrolment", "enrolment_id", "id"),
    )

    school_id: Mapped[int] = mapped_column(index=True)
    assessment_id: Mapped[int] = mapped_column()
    enrolment_id: Mapped[int] = mapped_column()
    attempt: Mapped[int]
    points: Mapped[int | None]
    """Hundredths of a point."""
    band_id: Mapped[int | None] = mapped_column(ForeignKey("scale_band.id"), index=True)
    """The mark; None for who did not come."""
    absent: Mapped[bool]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    given_at: Mapped[datetime]
    replaces_id: Mapped[int | None]
    reason: Mapped[Prose | None]
    """Why a correction was made."""
    assessment: Mapped[Assessment] = relationship(foreign_keys=[assessment_id, school_id])
    enrolment: Mapped[Enrolment] = relationship(foreign_keys=[enrolment_id, school_id], overlaps="assessment")
    band: Mapped[ScaleBand | None] = relationship()
    given_by: Mapped[Membership] = relationship()

    __register__ = Register("assessment_result", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))

    @property
    def points_words(self) -> str:
        """The points as people write them."""
        return "" if self.points is None else shown(self.points)
