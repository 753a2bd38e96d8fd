"""Occupations (ISCO-08), skills, the codes of national programme lists, and what a country's law limits."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Facts, Key, Line, Word
from training.kernel.i18n import _l, language
from training.kernel.keys import sort_key
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import State

ISCO = "isco08"
"""The list of groups of occupations, among those of programmes."""


def _key_of(column: str) -> Callable[[Any], str]:
    """What the key of a title is when a row is made without it."""
    return lambda context: sort_key(context.get_current_parameters()[column])


class Occupation(Record):
    """An occupation, by its ISCO-08 code and name in both languages; ESCO's carry their address there."""

    __tablename__ = "occupation"

    slug: Mapped[Word] = mapped_column(unique=True)
    isco: Mapped[Word] = mapped_column(index=True)
    title_en: Mapped[Line]
    title_ru: Mapped[Line]
    key_en: Mapped[Key] = mapped_column(index=True, default=_key_of("title_en"))
    key_ru: Mapped[Key] = mapped_column(index=True, default=_key_of("title_ru"))
    uri: Mapped[Line | None] = mapped_column(unique=True)
    """Its address in ESCO."""
    esco: Mapped[Word | None]
    """Its code there, such as 7212.3."""
    deprecated: Mapped[bool] = mapped_column(default=False)
    """ESCO does not use it any more: what names it stays, nobody is offered it."""

    __register__ = Register("occupation", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.title_ru if language() == "ru" else self.title_en

    def __str__(self) -> str:
        """The name in the reader's language."""
        return self.title


class SkillKind(State):
    """What a skill is in ESCO's words."""

    SKILL = "skill", _l("Skill"), "info"
    KNOWLEDGE = "knowledge", _l("Knowledge"), "info"
    TRANSVERSAL = "transversal", _l("For any work"), "info"
    GROUP = "group", _l("Group of skills"), "secondary"


class Skill(Record):
    """Something a person can do, as programmes teach it and employers ask for it; ESCO's carry their address there."""

    __tablename__ = "skill"

    slug: Mapped[Word] = mapped_column(unique=True)
    title_en: Mapped[Line]
    title_ru: Mapped[Line]
    key_en: Mapped[Key] = mapped_column(index=True, default=_key_of("title_en"))
    key_ru: Mapped[Key] = mapped_column(index=True, default=_key_of("title_ru"))
    kind: Mapped[SkillKind] = mapped_column(default=SkillKind.SKILL)
    uri: Mapped[Line | None] = mapped_column(unique=True)
    """Its address in ESCO."""
    deprecated: Mapped[bool] = mapped_column(default=False)
    """ESCO does not use it any more: what names it stays, nobody is offered it."""

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
    """A code of a list, for example `fgos` 15.01.05 or `isco08` 7212; text, never a number or a date."""

    __tablename__ = "programme_code"
    __table_args__ = (UniqueConstraint("system", "code"),)

    system: Mapped[Word]
    code: Mapped[Word]
    kind: Mapped[Word]
    title_ru: Mapped[Line]
    title_en: Mapped[Line]
    level: Mapped[Word | None]
    """The level of the qualification, as the list has it; of ISCO-08 how deep the group stands, 1 to 4."""
    qualification: Mapped[Line | None]
    valid_from_on: Mapped[date | None]
    admission_until_on: Mapped[date | None]
    """The last day on which people may be admitted under it."""
    predecessor: Mapped[Word | None]
    """The code of the same list that it replaces."""
    successor: Mapped[Word | None]
    """The code of the same list that replaces it."""

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
