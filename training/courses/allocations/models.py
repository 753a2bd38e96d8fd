"""Allocations."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.allocations.workflow import Progress, State
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import STUDYING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.purchases.models import SeatPurchase
from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.trainees.profiles.models import Trainee

_LIVE = text("state IN ('proposed', 'allocated', 'accepted')")


class Nominee(TypedDict):
    """Somebody whom an employer names, as it writes it."""

    family_name: str
    given_name: str
    patronymic: str | None
    email: str
    personnel_number: str | None


class Allocation(Record):
    """Somebody whom an employer names for one of the seats that it has bought."""

    __tablename__ = "allocation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["purchase_id", "cohort_id", "employer_id"], ["seat_purchase.id", "seat_purchase.cohort_id", "seat_purchase.employer_id"]
        ),
        CheckConstraint("enrolment_id IS NOT NULL OR state NOT IN ('accepted', 'reversed')", name="accepted_with_an_enrolment"),
        Index("uq_allocation_live", "cohort_id", "email_key", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_allocation_purchase", "purchase_id", "name_key", "id"),
        Index("ix_allocation_purchase_state", "purchase_id", "state"),
        Index("ix_allocation_email", "email_key", "state"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    purchase_id: Mapped[int]
    cohort_id: Mapped[int]
    employer_id: Mapped[int] = mapped_column(index=True)
    family_name: Mapped[Word]
    given_name: Mapped[Word]
    patronymic: Mapped[Word | None]
    name_key: Mapped[Key]
    email: Mapped[Line]
    email_key: Mapped[Key]
    personnel_number: Mapped[Word | None]
    language: Mapped[Word]
    """In which the person is written to."""
    trainee_id: Mapped[int | None] = mapped_column(ForeignKey("trainee.id"), index=True)
    """Who it is, once somebody has the account of that address."""
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    nominated_on: Mapped[date]
    until_at: Mapped[datetime | None]
    """Until when the seat is kept for an answer."""
    state: Mapped[State] = mapped_column(default=State.PROPOSED)
    words: Mapped[Prose | None]
    """Why it was declined or cancelled."""
    version: Mapped[int] = mapped_column()
    purchase: Mapped[SeatPurchase] = relationship(primaryjoin="Allocation.purchase_id == SeatPurchase.id")
    trainee: Mapped[Trainee | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()

    __register__ = Register(
        "allocation",
        purpose=Purpose.TRAINING,
        keep=Keep.STUDY,
        personal=("family_name", "given_name", "patronymic", "name_key", "email", "email_key", "personnel_number", "words"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The employer, and the person: by the address alone until somebody has its account."""
        person = ("trainee", self.trainee_id) if self.trainee_id is not None else ("nominee", self.id)
        return {Party.EMPLOYER: ("organisation", self.employer_id), Party.TRAINEE: person}

    @property
    def progress(self) -> Progress | None:
        """How far the person is; nothing for whoever has not accepted, or is not the reader's to see (then no enrolment was loaded)."""
        if self.enrolment is None:
            return None
        if self.enrolment.state in STUDYING:
            return Progress.STUDIES
        return Progress.COMPLETED if self.enrolment.state is EnrolmentState.COMPLETED else Progress.LEFT

    @property
    def name(self) -> str:
        """Family name first, as lists have it."""
        return f"{self.family_name} {self.given_name}"

    @property
    def full_name(self) -> str:
        """The whole name, as the employer wrote it."""
        return full_name(self.family_name, self.given_name, self.patronymic)

    def __str__(self) -> str:
        """The name as lists have it."""
        return self.name


def full_name(family_name: str, given_name: str, patronymic: str | None) -> str:
    """A whole name."""
    return " ".join(part for part in (family_name, given_name, patronymic) if part)


def name_key(family_name: str, given_name: str, patronymic: str | None) -> str:
    """By what a name is sorted and found."""
    return keys.sort_key(full_name(family_name, given_name, patronymic))
