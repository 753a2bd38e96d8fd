"""Finding occupations, skills, codes and rules."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import exists, or_, select

from training.kernel.db import db
from training.kernel.i18n import language
from training.kernel.keys import sort_key
from training.taxonomy.models import ISCO, LawRule, Occupation, OccupationSkill, ProgrammeCode, Skill, SkillKind

Term = TypeVar("Term", Occupation, Skill)


OFFERED = 20
"""Occupations, skills or codes that are offered while somebody types."""


def with_skills() -> Sequence[Occupation]:
    """The occupations of which it is known what they ask for, by name in the reader's language."""
    known = exists().where(OccupationSkill.occupation_id == Occupation.id)
    key = Occupation.key_ru if language() == "ru" else Occupation.key_en
    return db.session.scalars(select(Occupation).where(known).order_by(key, Occupation.id)).all()


def offered(kind: type[Term], words: str) -> Sequence[Term]:
    """Those whose name has the words in it, the ones that begin with them first, groups of skills last; at most 20."""
    text = sort_key(words)
    if len(text) < 2:
        return []
    own, other = (kind.key_ru, kind.key_en) if language() == "ru" else (kind.key_en, kind.key_ru)
    has = or_(own.contains(text, autoescape=True), other.contains(text, autoescape=True))
    begins = or_(own.startswith(text, autoescape=True), other.startswith(text, autoescape=True))
    last = [Skill.kind == SkillKind.GROUP] if kind is Skill else []
    query = select(kind).where(has, kind.deprecated.is_(False)).order_by(*last, begins.desc(), own, kind.id)
    return db.session.scalars(query.limit(OFFERED)).all()


def called(kind: type[Occupation | Skill], names: Collection[str]) -> dict[str, int]:
    """Ids by the key of a name in either language, of those that are called so: one statement. What is not deprecated comes first."""
    keys = {sort_key(name) for name in names}
    found: dict[str, int] = {}
    if keys:
        query = select(kind.key_en, kind.key_ru, kind.id).where(or_(kind.key_en.in_(keys), kind.key_ru.in_(keys)))
        for english, russian, key in db.session.execute(query.order_by(kind.deprecated, kind.id)):
            for name in (english, russian):
                found.setdefault(name, key)
    return {name: found[name] for name in keys if name in found}


def term(kind: type[Occupation | Skill], key: int) -> Occupation | Skill | None:
    """The occupation or skill of that id."""
    return db.session.get(Occupation, key) if kind is Occupation else db.session.get(Skill, key)


def skills_by_id(ids: Collection[int]) -> dict[int, Skill]:
    """Skills by key: one statement."""
    return {skill.id: skill for skill in db.session.scalars(select(Skill).where(Skill.id.in_(ids)))} if ids else {}


def asked_for(occupation_id: int) -> Sequence[tuple[Skill, int]]:
    """The skills that an occupation asks for, each with its level."""
    query = select(Skill, OccupationSkill.level).join(OccupationSkill).where(OccupationSkill.occupation_id == occupation_id)
    return [(skill, level) for skill, level in db.session.execute(query.order_by(OccupationSkill.id))]


def code(system: str, code: str) -> ProgrammeCode | None:
    """What a list says of a code."""
    query = select(ProgrammeCode).where(ProgrammeCode.system == system, ProgrammeCode.code == code)
    return db.session.scalars(query).one_or_none()


def offered_codes(words: str) -> Sequence[ProgrammeCode]:
    """The codes of programmes that begin so, those first that people are still admitted under; at most 20."""
    text = words.strip()
    if len(text) < 2:
        return []
    query = select(ProgrammeCode).where(ProgrammeCode.system != ISCO, ProgrammeCode.code.startswith(text, autoescape=True))
    over = ProgrammeCode.successor.is_not(None) | ProgrammeCode.admission_until_on.is_not(None)
    return db.session.scalars(query.order_by(over, ProgrammeCode.code, ProgrammeCode.id).limit(OFFERED)).all()


def system_of(code: str) -> str | None:
    """The list of programmes that a code stands in, if one has it."""
    query = select(ProgrammeCode.system).where(ProgrammeCode.code == code, ProgrammeCode.system != ISCO)
    return db.session.scalars(query.order_by(ProgrammeCode.system).limit(1)).one_or_none()


def codes(system: str) -> Sequence[ProgrammeCode]:
    """The codes of a national list, in order."""
    return db.session.scalars(select(ProgrammeCode).where(ProgrammeCode.system == system).order_by(ProgrammeCode.code)).all()


def law(country: str, name: str, subject: str, on: date) -> LawRule | None:
    """The rule in force on a day: the newest edition that begins by then."""
    query = select(LawRule).where(LawRule.country == country, LawRule.name == name, LawRule.subject == subject, LawRule.valid_from_on <= on)
    return db.session.scalars(query.order_by(LawRule.valid_from_on.desc()).limit(1)).one_or_none()
