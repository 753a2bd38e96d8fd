"""Openings: places for trainees that an employer offers, and the counter of those taken."""

from collections.abc import Mapping
from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.internships.openings.workflow import Hazard, State
from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Slug, Word
from training.kernel.money import Money
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation, Site
from training.taxonomy.models import Occupation, ProgrammeCode

MENTEES = 3
"""How many trainees a mentor looks after at once unless the opening says otherwise."""


class Opening(Record):
    """An employer's offer of internship places in one occupation, from one day to another."""

    __tablename__ = "opening"
    __table_args__ = (
        UniqueConstraint("id", "employer_id"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("weekly_hours BETWEEN 1 AND 40 AND daily_hours BETWEEN 1 AND 12", name="hours_in_range"),
        CheckConstraint("mentor_limit BETWEEN 1 AND 20", name="mentor_limit_in_range"),
        CheckConstraint("(pay_minor IS NULL) = (pay_currency IS NULL)", name="pay_with_currency"),
        Index("ix_opening_state_starts", "state", "starts_on", "id"),
        Index("ix_opening_employer_state", "employer_id", "state", "starts_on", "id"),
        Index("ix_opening_town", "state", "town"),
        Index("ix_opening_employer_starts", "employer_id", "starts_on", "id"),
        Index("ix_opening_employer_title", "employer_id", "title_key", "id"),
    )

    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"), index=True)
    slug: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[Line]
    title_key: Mapped[Key] = mapped_column(default=lambda new: keys.sort_key(new.get_current_parameters()["title"]))
    town: Mapped[Line]
    """Where the work is: the site's town, else the employer's."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    weekly_hours: Mapped[int]
    daily_hours: Mapped[int]
    shift_from: Mapped[time]
    shift_to: Mapped[time]
    hazard: Mapped[Hazard] = mapped_column(default=Hazard.NONE)
    pay_minor: Mapped[int | None]
    pay_currency: Mapped[Word | None]
    requirements: Mapped[Prose | None]
    mentor_limit: Mapped[int] = mapped_column(default=MENTEES)
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column()
    employer: Mapped[Organisation] = relationship()
    site: Mapped[Site | None] = relationship()
    occupation: Mapped[Occupation] = relationship()
    codes: Mapped[list[ProgrammeCode]] = relationship(secondary="opening_code", order_by=ProgrammeCode.code)
    pool: Mapped["OpeningPlaces"] = relationship(back_populates="opening")

    __register__ = Register("opening", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The employer alone."""
        return {Party.EMPLOYER: ("organisation", self.employer_id)}

    @property
    def pay(self) -> Money | None:
        """What a month is paid with, if anything."""
        return Money(self.pay_minor, self.pay_currency or "RUB") if self.pay_minor is not None else None

    def __str__(self) -> str:
        """The title."""
        return self.title


class OpeningCode(Record):
    """A programme code that an opening suits."""

    __tablename__ = "opening_code"
    __table_args__ = (UniqueConstraint("opening_id", "programme_code_id"),)

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"))
    programme_code_id: Mapped[int] = mapped_column(ForeignKey("programme_code.id"), index=True)

    __register__ = Register("opening_code", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class OpeningPlaces(Record):
    """How many places an opening has and how many are taken; moved by conditional updates alone."""

    __tablename__ = "opening_places"
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= places", name="never_more_than_there_are"),)

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), unique=True)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    opening: Mapped[Opening] = relationship(back_populates="pool")

    __register__ = Register("opening_places", purpose=Purpose.TRAINING, keep=Keep.PUBLISHED)

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return self.places - self.taken
