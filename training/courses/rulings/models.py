"""Rulings, their lines, and the count of each school's numbers."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings.workflow import Kind, Reason, State
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Line, Prose, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation


class Ruling(Record):
    """A document by which a school orders the same kind of move of many people; they move when it is signed. Signed, it never changes."""

    __tablename__ = "ruling"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["corrects_id", "school_id"], ["ruling.id", "ruling.school_id"]),
        UniqueConstraint("id", "school_id"),
        UniqueConstraint("school_id", "number"),
        CheckConstraint(
            "(state = 'signed') = (number IS NOT NULL AND signed_on IS NOT NULL AND signer_id IS NOT NULL AND signer IS NOT NULL)"
            " AND (state = 'signed' OR number IS NULL)",
            name="signed_with_number_day_and_name",
        ),
        CheckConstraint("(file_id IS NULL) = (pdf_digest IS NULL)", name="document_with_digest"),
        Index("ix_ruling_school_drafted", "school_id", "drafted_on", "id"),
        Index("ix_ruling_cohort", "cohort_id", "id"),
        Index("ix_ruling_corrects", "corrects_id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    cohort_id: Mapped[int] = mapped_column()
    """Whose people it is over."""
    kind: Mapped[Kind]
    ground: Mapped[Prose]
    """On what it rests, in the school's words: statements, minutes, certificates."""
    drafted_on: Mapped[date]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    number: Mapped[Word | None]
    """Unique per school, without a gap within a year: 2026-0001; given on signing."""
    signed_on: Mapped[date | None]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    signer: Mapped[Line | None]
    """The signer's name on that day."""
    corrects_id: Mapped[int | None] = mapped_column()
    """The ruling whose lines this one takes back."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    """The document, once it has been made."""
    pdf_digest: Mapped[Digest | None]
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id], primaryjoin="Ruling.cohort_id == Cohort.id", viewonly=True)
    corrects: Mapped["Ruling | None"] = relationship(
        foreign_keys=[corrects_id], primaryjoin="Ruling.corrects_id == remote(Ruling.id)", viewonly=True
    )
    signed_by: Mapped[Membership | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("ruling", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("ground", "signer"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school."""
        return {Party.SCHOOL: ("organisation", self.school_id)}

    def __str__(self) -> str:
        """Its number, a dash before it has one."""
        return self.number or "–"


class RulingLine(Record):
    """What a ruling orders for one person."""

    __tablename__ = "ruling_line"
    __table_args__ = (
        ForeignKeyConstraint(["ruling_id", "school_id"], ["ruling.id", "ruling.school_id"]),
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        ForeignKeyConstraint(["to_cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("ruling_id", "enrolment_id"),
        CheckConstraint("from_on <= until_on", name="days_in_order"),
        Index("ix_ruling_line_enrolment", "enrolment_id", "id"),
        Index("ix_ruling_line_made", "made_id"),
        Index("ix_ruling_line_reverses", "reverses_id", unique=False),
        Index("ix_ruling_line_to_cohort", "to_cohort_id"),
    )

    ruling_id: Mapped[int] = mapped_column()
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column()
    to_cohort_id: Mapped[int | None] = mapped_column()
    """Where a transfer leads, or where somebody deferred comes back to."""
    repeats: Mapped[bool] = mapped_column(default=False)
    """Whether a transfer makes them study a year again."""
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    """Days of a leave; of a deferral, when they want to be back."""
    reason: Mapped[Reason | None]
    words: Mapped[Prose | None]
    """The reason in the school's own words."""
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ruling_line.id"))
    """The line of the corrected ruling that this one takes back."""
    was: Mapped[EnrolmentState | None]
    """Where the person stood when it was signed."""
    made_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    """The enrolment that began by it."""
    ruling: Mapped[Ruling] = relationship(foreign_keys=[ruling_id], primaryjoin="RulingLine.ruling_id == Ruling.id", viewonly=True)
    enrolment: Mapped[Enrolment] = relationship(
        foreign_keys=[enrolment_id], primaryjoin="RulingLine.enrolment_id == Enrolment.id", viewonly=True
    )
    to_cohort: Mapped[Cohort | None] = relationship(
        foreign_keys=[to_cohort_id], primaryjoin="RulingLine.to_cohort_id == Cohort.id", viewonly=True
    )
    made: Mapped[Enrolment | None] = relationship(foreign_keys=[made_id])
    reverses: Mapped["RulingLine | None"] = relationship(remote_side="RulingLine.id")

    __register__ = Register("ruling_line", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))


class RulingSeries(Record):
    """The last number that a school gave its rulings in a year; unversioned, moved by its own update."""

    __tablename__ = "ruling_series"
    __table_args__ = (UniqueConstraint("school_id", "year"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)

    __register__ = Register("ruling_series", purpose=Purpose.OPERATION, keep=Keep.STUDY)
