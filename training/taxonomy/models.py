"""Occupations (ISCO-08), skills, the codes of national programme lists, and what a country's law limits."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Facts, Line, Word
from training.kernel.i18n import language
from training.kernel.register import Keep, Purpose, Register


class Occupation(Record):
    """An occupation, by its ISCO-08 code and name in both languages."""

    __tablename__ = "occupation"

    slug: Mapped[Word] = mapped_column(unique=True)
    isco: Mapped[Word] = mapped_column(index=True)
    title_en: Mapped[Line]
    title_ru: Mapped[Line]

    __register__ = Register("occupation", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.title_ru if language() == "ru" else self.title_en

    def __str__(self) -> str:
        """The name in the reader's language."""
        return self.title


class Skill(Record):
    """Something a person can do, as programmes teach it and employers ask for it."""

    __tablename__ = "skill"

    slug: Mapped[Word] = mapped_column(unique=True)
    title_en: Mapped[Line]
    title_ru: Mapped[Line]

    __register__ = Register("skill", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.title_ru if language() == "ru" else self.title_en

    def __str__(self) -> str:
        """The name in the reader's language."""
        return self.title


class OccupationSkill(Record):
    """A skill that an occupation asks for."""

    __tablename__ = "occupation_skill"
    __table_args__ = (UniqueConstraint("occupation_id", "skill_id"),)

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]

    __register__ = Register("occupation_skill", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class ProgrammeCode(Record):
    """A code of a national list of programmes, for example `fgos` 15.01.05; text, never a number or a date."""

    __tablename__ = "programme_code"
    __table_args__ = (UniqueConstraint("system", "code"),)

    system: Mapped[Word]
    code: Mapped[Word]
    kind: Mapped[Word]
    title_ru: Mapped[Line]
    title_en: Mapped[Line]

    __register__ = Register("programme_code", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.title_ru if language() == "ru" else self.title_en


class LawRule(Record):
    """A dated rule of a country's law, as parameters: `minor_hours` for `practice` from a day on."""

    __tablename__ = "law_rule"
    __table_args__ = (UniqueConstraint("country", "name", "subject", "valid_from_on"),)

    country: Mapped[Word]
    name: Mapped[Word]
    subject: Mapped[Word]
    valid_from_on: Mapped[date]
    source: Mapped[Line]
    """Where the rule stands, as it is cited to people."""
    parameters: Mapped[Facts]

    __register__ = Register("law_rule", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
