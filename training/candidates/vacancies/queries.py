"""Finding vacancies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.candidates.vacancies.models import Stage, StageTemplate, Vacancy, VacancyPositions, VacancySkill
from training.candidates.vacancies.policies import visible_to
from training.candidates.vacancies.workflow import Employment, Schedule, State
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import language
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Member, Visitor
from training.search.queries import hits
from training.search.services import PUBLIC
from training.taxonomy.models import Occupation

FILTERS = ("town", "occupation", "employment", "schedule")
"""What the public catalogue can be narrowed by."""


@dataclass(frozen=True)
class Choices:
    """What the catalogue can be narrowed to, each with how many vacancies there are: value, title, count."""

    town: Sequence[tuple[str, str, int]]
    occupation: Sequence[tuple[str, str, int]]


def _row(query: Select[Vacancy]) -> Select[Vacancy]:
    """With what a line of a list says."""
    return query.options(joinedload(Vacancy.employer), joinedload(Vacancy.occupation), joinedload(Vacancy.pool))


def _whole(query: Select[Vacancy]) -> Select[Vacancy]:
    """With everything that its own page says."""
    skills = selectinload(Vacancy.asked).joinedload(VacancySkill.skill)
    return _row(query).options(joinedload(Vacancy.site), skills)


def vacancy(actor: Actor, vacancy_id: int) -> Vacancy:
    """One vacancy with employer, occupation, site, positions and skills."""
    found = db.session.scalars(_whole(visible_to(actor)).where(Vacancy.id == vacancy_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Vacancy]:
    """Those vacancies of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Vacancy.id.in_(ids)))


def by_slug(actor: Actor, slug: str) -> Vacancy:
    """One vacancy by its public address, with employer, occupation, site, positions and skills."""
    found = db.session.scalars(_whole(visible_to(actor)).where(Vacancy.slug == slug)).one_or_none()
    if found is None:
        raise NotFound
    return found


def own(actor: Actor, vacancy_id: int) -> Vacancy:
    """One of the actor's own employer's vacancies."""
    found = vacancy(actor, vacancy_id)
    if not isinstance(actor, Member) or found.employer_id != actor.organisation_id:
        raise NotFound
    return found


def catalogue(wanted: Wanted) -> Slice[Vacancy]:
    """What the public finds: by rank when words were typed, else the newest first; filters town, occupation, employment, schedule."""
    query = _row(visible_to(Visitor()))
    if towns := wanted.chosen("town"):
        query = query.where(Vacancy.town.in_(towns))
    if occupations := wanted.chosen("occupation"):
        query = query.where(Vacancy.occupation_id.in_(select(Occupation.id).where(Occupation.slug.in_(occupations))))
    if employments := [one for one in Employment if one in wanted.chosen("employment")]:
        query = query.where(Vacancy.employment.in_(employments))
    if schedules := [one for one in Schedule if one in wanted.chosen("schedule")]:
        query = query.where(Vacancy.schedule.in_(schedules))
    if wanted.words:
        found = hits("vacancy", wanted.words, [PUBLIC])
        return paged(query.join(found, found.c.subject_id == Vacancy.id), wanted, found.c.rank, Vacancy.id)
    return paged(query, wanted, Vacancy.published_on.desc(), Vacancy.id.desc())


def choices() -> Choices:
    """What the catalogue can be narrowed to: two statements."""
    mine = visible_to(Visitor()).with_only_columns(Vacancy.id)
    title = Occupation.title_ru if language() == "ru" else Occupation.title_en
    here = select(Vacancy.town, func.count()).where(Vacancy.id.in_(mine)).group_by(Vacancy.town).order_by(func.count().desc(), Vacancy.town)
    work = (
        select(Occupation.slug, title, func.count())
        .join(Vacancy, Vacancy.occupation_id == Occupation.id)
        .where(Vacancy.id.in_(mine))
        .group_by(Occupation.id, Occupation.slug, title)
        .order_by(func.count().desc(), title, Occupation.id)
    )
    return Choices(
        town=[(town, town, count) for town, count in db.session.execute(here)],
        occupation=[(slug, name, count) for slug, name, count in db.session.execute(work)],
    )


def listed(actor: Actor, wanted: Wanted) -> Slice[Vacancy]:
    """An employer's own vacancies in every state, the newest first; filter `state`."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = _row(visible_to(actor)).where(Vacancy.employer_id == mine)
    if states := [state for state in State if state in wanted.chosen("state")]:
        query = query.where(Vacancy.state.in_(states))
    if wanted.words:
        query = query.where(Vacancy.title.icontains(wanted.words, autoescape=True))
    return paged(query, wanted, Vacancy.id.desc())


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
