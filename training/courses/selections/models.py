"""What a cohort asks of its applicants, what they bring, and the lists and rounds that come of it."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.selections.workflow import State, Tie, What
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party


class Criterion(Record):
    """Something that a school gives points for, and how much a point counts."""

    __tablename__ = "selection_criterion"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("cohort_id", "place"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_range"),
        CheckConstraint("maximum BETWEEN 1 AND 1000", name="maximum_in_range"),
    )

    cohort_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    place: Mapped[int]
    name: Mapped[Line]
    weight: Mapped[int]
    maximum: Mapped[int]
    """The most points."""

    __register__ = Register("selection_criterion", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class Asked(Record):
    """A document that a school asks of everybody who applies for a cohort."""

    __tablename__ = "asked_document"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("cohort_id", "place"),
    )

    cohort_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    place: Mapped[int]
    name: Mapped[Line]
    required: Mapped[bool]

    __register__ = Register("asked_document", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class PriorityGroup(Record):
    """People whom the law puts first, by the words of the law that a school goes by."""

    __tablename__ = "priority_group"

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Line]
    ground: Mapped[Prose]
    """The law's words, with its name and article."""
    ended_on: Mapped[date | None]

    __register__ = Register("priority_group", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Candidacy(Record):
    """What somebody brings to one selection: the certificate's average, answers, documents; and on which condition they are taken."""

    __tablename__ = "candidacy"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        CheckConstraint("average BETWEEN 1 AND 10000", name="average_in_range"),
        CheckConstraint("condition IS NULL OR condition_until_on IS NOT NULL", name="condition_with_a_day"),
    )

    enrolment_id: Mapped[int] = mapped_column(unique=True)
    school_id: Mapped[int] = mapped_column(index=True)
    average: Mapped[int]
    """Of the marks in the certificate, in hundredths."""
    points: Mapped[int | None]
    """All points, each times the weight of its criterion; none while the school has given none."""
    group_id: Mapped[int | None] = mapped_column(ForeignKey("priority_group.id"), index=True)
    """The priority group that is claimed; it counts when its proof is accepted."""
    condition: Mapped[Prose | None]
    """What has to be so for the yes to hold."""
    condition_until_on: Mapped[date | None]
    condition_module: Mapped[Line | None]
    """What is caught up to meet it."""
    condition_met: Mapped[bool | None]
    version: Mapped[int] = mapped_column()
    enrolment: Mapped[Enrolment] = relationship(primaryjoin="Candidacy.enrolment_id == Enrolment.id")
    group: Mapped[PriorityGroup | None] = relationship()
    documents: Mapped[list["Document"]] = relationship(order_by="Document.place", viewonly=True)
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.criterion_id", viewonly=True)

    __register__ = Register("candidacy", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("condition", "condition_module"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def missing(self) -> list["Document"]:
        """What keeps the applicant off the list: required documents that are not accepted."""
        return [one for one in self.documents if one.required and one.state is not State.ACCEPTED]

    @property
    def first(self) -> bool:
        """Whether they stand first by a priority group whose proof is accepted."""
        return any(one.what is What.GROUP and one.state is State.ACCEPTED for one in self.documents)


class Answer(Record):
    """What an applicant says to a criterion, and the points that the school gives."""

    __tablename__ = "candidacy_answer"
    __table_args__ = (UniqueConstraint("candidacy_id", "criterion_id"), CheckConstraint("points >= 0", name="points_not_negative"))

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("selection_criterion.id"), index=True)
    words: Mapped[Prose | None]
    points: Mapped[int | None]
    criterion: Mapped[Criterion] = relationship()

    __register__ = Register("candidacy_answer", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))


class Document(Record):
    """One document of an applicant: what it is, the file brought last, and what the school says of it."""

    __tablename__ = "candidacy_document"
    __table_args__ = (
        UniqueConstraint("candidacy_id", "place"),
        CheckConstraint("(what = 'asked') = (asked_id IS NOT NULL)", name="asked_for_is_named"),
        CheckConstraint("state = 'missing' OR file_id IS NOT NULL", name="brought_as_a_file"),
    )

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    place: Mapped[int]
    what: Mapped[What]
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("asked_document.id"), index=True)
    required: Mapped[bool]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    state: Mapped[State] = mapped_column(default=State.MISSING)
    reason: Mapped[Prose | None]
    """Why it was sent back."""
    brought_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    candidacy: Mapped[Candidacy] = relationship()
    asked: Mapped[Asked | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("candidacy_document", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school that checks it."""
        return {Party.SCHOOL: ("organisation", self.school_id)}

    def __str__(self) -> str:
        """What it is, in the reader's words or the school's."""
        return self.asked.name if self.asked is not None else str(self.what.label)


class Ranking(Record):
    """A ranked list as it was published."""

    __tablename__ = "ranking"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("cohort_id", "number"),
    )

    cohort_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    published_at: Mapped[datetime]

    __register__ = Register("ranking", purpose=Purpose.TRAINING, keep=Keep.STUDY)


class RankingLine(Record):
    """One place of a published list, with all that led to it."""

    __tablename__ = "ranking_line"
    __table_args__ = (UniqueConstraint("ranking_id", "place"), Index("ix_ranking_line_pool", "pool_id", "ranking_id"))

    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    place: Mapped[int]
    first: Mapped[bool]
    """By an accepted priority group."""
    points: Mapped[int]
    average: Mapped[int]
    priority: Mapped[int]
    above: Mapped[Tie | None]
    """What decided against the place above, where the points are the same."""
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("seat_pool.id"))
    """The seats within which the place lay then; none below them."""
    ranking: Mapped[Ranking] = relationship()
    enrolment: Mapped[Enrolment] = relationship()
    pool: Mapped[SeatPool | None] = relationship()

    __register__ = Register("ranking_line", purpose=Purpose.TRAINING, keep=Keep.STUDY)


class OfferRound(Record):
    """A round in which free seats were offered in the order of a published list."""

    __tablename__ = "offer_round"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("cohort_id", "number"),
    )

    cohort_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), index=True)
    number: Mapped[int]
    offered_at: Mapped[datetime]
    until_at: Mapped[datetime]
    """By when the seats are to be taken."""
    offered: Mapped[int]
    waiting: Mapped[int]

    __register__ = Register("offer_round", purpose=Purpose.TRAINING, keep=Keep.STUDY)
