"""Finding occupations, skills, codes and rules."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from training.kernel.db import db
from training.kernel.i18n import language
from training.taxonomy.models import LawRule, Occupation, OccupationSkill, ProgrammeCode, Skill


def occupations() -> Sequence[Occupation]:
    """All occupations, by name in the reader's language."""
    title = Occupation.title_ru if language() == "ru" else Occupation.title_en
    return db.session.scalars(select(Occupation).order_by(title, Occupation.id)).all()


def skills() -> Sequence[Skill]:
    """All skills, by name in the reader's language."""
    title = Skill.title_ru if language() == "ru" else Skill.title_en
    return db.session.scalars(select(Skill).order_by(title, Skill.id)).all()


def skills_by_id(ids: Collection[int]) -> dict[int, Skill]:
    """Skills by key: one statement."""
    return {skill.id: skill for skill in db.session.scalars(select(Skill).where(Skill.id.in_(ids)))} if ids else {}


def asked_for(occupation_id: int) -> Sequence[tuple[Skill, int]]:
    """The skills that an occupation asks for, each with its level."""
    query = select(Skill, OccupationSkill.level).join(OccupationSkill).where(OccupationSkill.occupation_id == occupation_id)
    return [(skill, level) for skill, level in db.session.execute(query.order_by(OccupationSkill.id))]


def codes(system: str) -> Sequence[ProgrammeCode]:
    """The codes of a national list, in order."""
    return db.session.scalars(select(ProgrammeCode).where(ProgrammeCode.system == system).order_by(ProgrammeCode.code)).all()


def law(country: str, name: str, subject: str, on: date) -> LawRule | None:
    """The rule in force on a day: the newest edition that begins by then."""
    query = select(LawRule).where(LawRule.country == country, LawRule.name == name, LawRule.subject == subject, LawRule.valid_from_on <= on)
    return db.session.scalars(query.order_by(LawRule.valid_from_on.desc()).limit(1)).one_or_none()
