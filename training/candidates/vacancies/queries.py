"""Finding vacancies."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.candidates.vacancies.models import Stage, StageTemplate, Vacancy, VacancyPositions, VacancySkill
from training.candidates.vacancies.policies import visible_to
from training.candidates.vacancies.workflow import State
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import language
from training.kernel.policy import Actor, Member, Visitor
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.organisations.queries import finders
from training.search.queries import suggest
from training.search.services import PUBLIC, Document
from training.taxonomy.models import Occupation, Skill


def _row(query: Select[Vacancy]) -> Select[Vacancy]:
    """With what a line of a list says."""
    return query.options(joinedload(Vacancy.employer), joinedload(Vacancy.occupation), joinedload(Vacancy.pool))


def _whole(query: Select[Vacancy]) -> Select[Vacancy]:
    """With everything that its own page says."""
    skills = selectinload(Vacancy.asked).joinedload(VacancySkill.skill)
    return _row(query).options(joinedload(Vacancy.site), skills)


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Vacancy.id)


def vacancy(actor: Actor, vacancy_id: int) -> Vacancy:
    """One vacancy with employer, occupation, site, positions and skills."""
    return _BY_ID.one(actor, key=vacancy_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Vacancy]:
    """Those vacancies of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Vacancy.id.in_(ids)))


_BY_SLUG = by_key(lambda actor: _whole(visible_to(actor)), Vacancy.slug)


def by_slug(actor: Actor, slug: str) -> Vacancy:
    """One vacancy by its public address, with employer, occupation, site, positions and skills."""
    return _BY_SLUG.one(actor, key=slug)


def own(actor: Actor, vacancy_id: int) -> Vacancy:
    """One of the actor's own employer's vacancies."""
    found = vacancy(actor, vacancy_id)
    if not isinstance(actor, Member) or found.employer_id != actor.organisation_id:
        raise NotFound
    return found


def live(actor: Actor) -> Sequence[Vacancy]:
    """The employer's own live vacancies with the skills they ask for, by title; at most 100."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = visible_to(actor).where(Vacancy.employer_id == mine, Vacancy.state == State.LIVE).options(selectinload(Vacancy.asked))
    return db.session.scalars(query.order_by(Vacancy.title_key, Vacancy.id).limit(100)).all()


def stages(vacancy_id: int) -> Sequence[Stage]:
    """The stages of a vacancy, in order."""
    return db.session.scalars(select(Stage).where(Stage.vacancy_id == vacancy_id).order_by(Stage.position)).all()


def templates(employer_id: int) -> Sequence[StageTemplate]:
    """The stages that an employer's coming vacancies begin with, in order; empty when it has chosen none."""
    return db.session.scalars(select(StageTemplate).where(StageTemplate.employer_id == employer_id).order_by(StageTemplate.position)).all()


def pool(vacancy_id: int) -> VacancyPositions:
    """How many positions there are and how many are filled, as it is now."""
    query = select(VacancyPositions).where(VacancyPositions.vacancy_id == vacancy_id).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def count_asked(vacancy_id: int) -> int:
    """How many skills a vacancy asks for."""
    return db.session.scalar(select(func.count()).where(VacancySkill.vacancy_id == vacancy_id)) or 0


def over(day: date) -> Sequence[Vacancy]:
    """Live and paused vacancies whose last day was before `day`, with their employers."""
    query = select(Vacancy).where(Vacancy.state.in_([State.LIVE, State.PAUSED]), Vacancy.closes_on < day)
    return db.session.scalars(query.options(joinedload(Vacancy.employer)).order_by(Vacancy.closes_on, Vacancy.id).limit(500)).all()


def towns() -> Sequence[tuple[str, str, int]]:
    """The towns of the public catalogue, each with how many there are; at most 12."""
    mine = visible_to(Visitor()).with_only_columns(Vacancy.id)
    query = (
        select(Vacancy.town, func.count()).where(Vacancy.id.in_(mine)).group_by(Vacancy.town).order_by(func.count().desc(), Vacancy.town)
    )
    return [(town, town, count) for town, count in db.session.execute(query.limit(12))]


def occupations() -> Sequence[tuple[str, str, int]]:
    """The occupations of the public catalogue by slug, each with how many there are; at most 12."""
    mine = visible_to(Visitor()).with_only_columns(Vacancy.id)
    title = Occupation.title_ru if language() == "ru" else Occupation.title_en
    query = (
        select(Occupation.slug, title, func.count())
        .join(Vacancy, Vacancy.occupation_id == Occupation.id)
        .where(Vacancy.id.in_(mine))
        .group_by(Occupation.id, Occupation.slug, title)
        .order_by(func.count().desc(), title, Occupation.id)
    )
    return [(slug, name, count) for slug, name, count in db.session.execute(query.limit(12))]


def meant(words: str) -> Sequence[str]:
    """Titles of live vacancies that look like what was typed and found nothing."""
    return suggest("vacancy", words, [PUBLIC], among=visible_to(Visitor()).with_only_columns(Vacancy.id))


def documents(which: ColumnElement[bool]) -> list[Document]:
    """What can be found of those vacancies, live or not: two statements."""
    query = select(Vacancy, Organisation, Occupation).join(Organisation, Organisation.id == Vacancy.employer_id)
    rows = db.session.execute(query.join(Occupation, Occupation.id == Vacancy.occupation_id).where(which).order_by(Vacancy.id)).all()
    asked = select(VacancySkill.vacancy_id, Skill.title_en, Skill.title_ru).join(Skill, Skill.id == VacancySkill.skill_id)
    skills: dict[int, list[str]] = {}
    for vacancy_id, english, russian in db.session.execute(asked.join(Vacancy, Vacancy.id == VacancySkill.vacancy_id).where(which)):
        skills.setdefault(vacancy_id, []).append(f"{english} {russian}")
    return [_document(*row, skills.get(row[0].id, [])) for row in rows]


def _document(vacancy: Vacancy, employer: Organisation, occupation: Occupation, skills: Sequence[str]) -> Document:
    words = [employer.native_name, employer.latin_name, employer.legal_name, occupation.title_en, occupation.title_ru, vacancy.town]
    body = "\n".join(word for word in (*words, *sorted(skills), vacancy.description) if word)
    return Document("vacancy", vacancy.id, vacancy.title, body, scopes=finders(employer, published=vacancy.state is State.LIVE))
