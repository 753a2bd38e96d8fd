"""Finding people who agreed to be found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from training.candidates.talent.models import TalentInvitation
from training.candidates.talent.policies import visible_to
from training.candidates.vacancies.matching import Match, match
from training.candidates.vacancies.models import Vacancy, VacancySkill
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State as CredentialState
from training.kernel.db import NotFound, db
from training.kernel.keys import sort_key
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor
from training.taxonomy.models import Occupation, OccupationSkill, Skill
from training.trainees.passport.models import Evidence
from training.trainees.passport.queries import levels
from training.trainees.profiles.models import Trainee

FILTERS = ("vacancy", "occupation", "level", "town", "credential")


@dataclass(frozen=True)
class Found:
    """A person, with the match when a vacancy was chosen."""

    trainee: Trainee
    match: Match | None
    skills: int
    """How many skills the passport shows."""


def trainee(actor: Actor, trainee_id: int) -> Trainee:
    """One person who agreed to be found, with the school."""
    found = db.session.scalars(visible_to(actor).where(Trainee.id == trainee_id).options(joinedload(Trainee.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def listed(actor: Actor, wanted: Wanted, vacancy: Vacancy | None) -> Slice[Found]:
    """People by how well they fit the vacancy, or without one by name; filters occupation, level, town, credential."""
    query = _narrowed(visible_to(actor), wanted).options(joinedload(Trainee.school))
    if vacancy is None:
        page = paged(query, wanted, Trainee.name_key, Trainee.id)
    else:
        fit = _fit(vacancy.id)
        query = query.outerjoin(fit, fit.c.trainee_id == Trainee.id)
        page = paged(query, wanted, func.coalesce(fit.c.points, 0).desc(), Trainee.id)
    shown = levels([one.id for one in page.rows])
    rows = [Found(one, match(vacancy.asked, shown[one.id]) if vacancy else None, len(shown[one.id])) for one in page.rows]
    return Slice(rows, page.total, page.number, page.size)


def _fit(vacancy_id: int) -> Subquery:
    """By person, the levels shown of what a vacancy asks, no skill counting for more than is asked: the match's own sum."""
    asked = select(VacancySkill.skill_id, VacancySkill.level).where(VacancySkill.vacancy_id == vacancy_id).subquery("asked")
    best = (
        select(Evidence.trainee_id, func.max(Evidence.level).label("shown"), asked.c.level.label("asked"))
        .join(asked, asked.c.skill_id == Evidence.skill_id)
        .group_by(Evidence.trainee_id, Evidence.skill_id, asked.c.level)
        .subquery("best")
    )
    points = func.sum(case((best.c.shown < best.c.asked, best.c.shown), else_=best.c.asked)).label("points")
    return select(best.c.trainee_id, points).group_by(best.c.trainee_id).subquery("fit")


def _narrowed(query: Select[Trainee], wanted: Wanted) -> Select[Trainee]:
    for word in sort_key(wanted.words).split():
        in_text = or_(Trainee.name_key.contains(word, autoescape=True), Trainee.about.icontains(word, autoescape=True))
        called = or_(Skill.title_en.icontains(word, autoescape=True), Skill.title_ru.icontains(word, autoescape=True))
        query = query.where(or_(in_text, _shows(Evidence.skill_id.in_(select(Skill.id).where(called)))))
    if towns := wanted.chosen("town"):
        query = query.where(Trainee.town.in_(towns))
    level = next((int(one) for one in wanted.chosen("level") if one in {"1", "2", "3", "4"}), 1)
    if occupations := wanted.chosen("occupation"):
        asked = select(OccupationSkill.skill_id).join(Occupation).where(Occupation.slug.in_(occupations))
        query = query.where(_shows(Evidence.skill_id.in_(asked), Evidence.level >= level))
    elif level > 1:
        query = query.where(_shows(Evidence.level >= level))
    if wanted.chosen("credential"):
        query = query.where(exists().where(Credential.trainee_id == Trainee.id, Credential.state == CredentialState.ISSUED))
    return query


def _shows(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Evidence.trainee_id == Trainee.id, *conditions)


def towns(actor: Actor) -> Sequence[str]:
    """The towns of the people whom the actor can find, at most 50."""
    query = visible_to(actor).with_only_columns(Trainee.town).where(Trainee.town.is_not(None)).distinct().order_by(Trainee.town)
    return [town for town in db.session.scalars(query.limit(50)) if town]


def is_invited(vacancy_id: int, trainee_id: int) -> bool:
    """Whether the person has been invited to apply for the vacancy."""
    query = select(TalentInvitation.id).where(TalentInvitation.vacancy_id == vacancy_id, TalentInvitation.trainee_id == trainee_id)
    return db.session.scalar(query) is not None


def invited_to(trainee_id: int, vacancy_ids: Collection[int]) -> set[int]:
    """To which of these vacancies a person has been invited."""
    mine = (TalentInvitation.trainee_id == trainee_id, TalentInvitation.vacancy_id.in_(vacancy_ids))
    return set(db.session.scalars(select(TalentInvitation.vacancy_id).where(*mine)))
