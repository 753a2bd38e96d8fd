"""Vacancies with the skills they ask for, their stages, and the positions they fill."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.candidates.vacancies.workflow import Closing, Employment, Schedule, StageKind, State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Slug, Word
from training.kernel.money import Money
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation, Site
from training.taxonomy.models import Occupation, Skill


class Vacancy(Record):
    """A job that an employer offers."""

    __tablename__ = "vacancy"
    __table_args__ = (
        UniqueConstraint("id", "employer_id"),
        CheckConstraint("pay_from > 0 AND pay_to > 0 AND pay_from <= pay_to", name="pay_in_order"),
        CheckConstraint("(closing IS NOT NULL) = (state = 'closed')", name="closed_for_a_reason"),
        Index("ix_vacancy_employer_state", "employer_id", "state", "id"),
        Index("ix_vacancy_state_published", "state", "published_on", "id"),
        Index("ix_vacancy_state_closes", "state", "closes_on"),
        Index("ix_vacancy_employer_title", "employer_id", "title_key", "id"),
        Index("ix_vacancy_employer_closes", "employer_id", "closes_on", "id"),
        Index("ix_vacancy_employer", "employer_id", "id"),
    )

    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    slug: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[Line]
    title_key: Mapped[Key]
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"), index=True)
    description: Mapped[Prose]
    pay_from: Mapped[int | None]
    pay_to: Mapped[int | None]
    """Minor units a month; None when it is not stated."""
    currency: Mapped[Word] = mapped_column(default="RUB")
    schedule: Mapped[Schedule]
    employment: Mapped[Employment]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    town: Mapped[Line]
    closes_on: Mapped[date | None]
    """The last day to apply."""
    published_on: Mapped[date | None]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    closing: Mapped[Closing | None]
    version: Mapped[int] = mapped_column()
    employer: Mapped[Organisation] = relationship(foreign_keys=[employer_id])
    occupation: Mapped[Occupation] = relationship()
    site: Mapped[Site | None] = relationship()
    pool: Mapped["VacancyPositions"] = relationship(back_populates="vacancy", uselist=False)
    asked: Mapped[list["VacancySkill"]] = relationship(order_by="VacancySkill.level.desc(), VacancySkill.id")

    __register__ = Register("vacancy", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The employer."""
        return {Party.EMPLOYER: ("organisation", self.employer_id)}

    @property
    def least(self) -> Money | None:
        """The least monthly pay, when it is stated."""
        return Money(self.pay_from, self.currency) if self.pay_from is not None else None

    @property
    def most(self) -> Money | None:
        """The highest monthly pay, when it is stated."""
        return Money(self.pay_to, self.currency) if self.pay_to is not None else None

    def takes_applications(self, day: date) -> bool:
        """Whether one can apply on that day."""
        return self.state is State.LIVE and (self.closes_on is None or self.closes_on >= day)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class VacancySkill(Record):
    """A skill that a vacancy asks for, at a level of 1 to 4."""

    __tablename__ = "vacancy_skill"
    __table_args__ = (UniqueConstraint("vacancy_id", "skill_id"), CheckConstraint("level BETWEEN 1 AND 4", name="level_in_range"))

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    skill: Mapped[Skill] = relationship()

    __register__ = Register("vacancy_skill", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class VacancyPositions(Record):
    """How many positions a vacancy has and how many are filled; moved by conditional updates only."""

    __tablename__ = "vacancy_positions"
    __table_args__ = (CheckConstraint("positions > 0 AND filled >= 0 AND filled <= positions", name="never_overfilled"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), unique=True)
    positions: Mapped[int]
    filled: Mapped[int] = mapped_column(default=0)
    vacancy: Mapped[Vacancy] = relationship(back_populates="pool")

    __register__ = Register("vacancy_positions", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def free(self) -> int:
        """Positions that nobody has taken."""
        return self.positions - self.filled


class StageTemplate(Record):
    """A stage that an employer's coming vacancies begin with."""

    __tablename__ = "stage_template"
    __table_args__ = (
        UniqueConstraint("employer_id", "position"),
        CheckConstraint("(kind = 'own') = (name IS NOT NULL)", name="own_ones_are_named"),
    )

    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[int]
    kind: Mapped[StageKind]
    name: Mapped[Line | None]

    __register__ = Register("stage_template", purpose=Purpose.RECRUITING, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """Its own name, or the name of its kind."""
        return self.name or str(self.kind.label)


class Stage(Record):
    """A stage of one vacancy."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("id", "vacancy_id"),
        UniqueConstraint("vacancy_id", "position"),
        ForeignKeyConstraint(["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"]),
        CheckConstraint("(kind = 'own') = (name IS NOT NULL)", name="own_ones_are_named"),
        Index("ix_stage_vacancy_employer", "vacancy_id", "employer_id"),
    )

    vacancy_id: Mapped[int]
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    kind: Mapped[StageKind]
    name: Mapped[Line | None]

    __register__ = Register("stage", purpose=Purpose.RECRUITING, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """Its own name, or the name of its kind."""
        return self.name or str(self.kind.label)
