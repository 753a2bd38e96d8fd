"""Finding people who agreed to be found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from training.candidates.talent.models import TalentInvitation
from training.candidates.talent.policies import visible_to
from training.candidates.vacancies.matching import Match, match
from training.candidates.vacancies.models import Vacancy, VacancySkill
from training.candidates.vacancies.workflow import State as VacancyState
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State as CredentialState
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.keys import sort_key
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.organisations.models import Organisation
from training.taxonomy.models import Occupation, OccupationSkill, Skill
from training.trainees.passport.models import Evidence
from training.trainees.passport.queries import levels
from training.trainees.profiles.models import Trainee


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


def chosen(employer: Organisation, wanted: Wanted) -> Vacancy | None:
    """The vacancy of the employer that people are compared with, with the skills it asks for."""
    keys = [int(one) for one in wanted.chosen("vacancy") if one.isascii() and one.isdecimal() and len(one) < 10][:1]
    if not keys:
        return None
    query = select(Vacancy).where(Vacancy.id.in_(keys), Vacancy.employer_id == employer.id, Vacancy.state == VacancyState.LIVE)
    return db.session.scalars(query.options(selectinload(Vacancy.asked))).one_or_none()


def matched(people: Sequence[Trainee], vacancy: Vacancy | None) -> list[Found]:
    """The people with what their passports show and, where there is a vacancy, how well they fit: one statement."""
    shown = levels([one.id for one in people])
    return [Found(one, match(vacancy.asked, shown[one.id]) if vacancy else None, len(shown[one.id])) for one in people]


def fit(vacancy_id: int) -> Subquery:
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


def narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Those whom words, skills, levels and credentials leave."""
    for word in sort_key(wanted.words).split():
        in_text = or_(Trainee.name_key.contains(word, autoescape=True), Trainee.about.icontains(word, autoescape=True))
        called = or_(Skill.title_en.icontains(word, autoescape=True), Skill.title_ru.icontains(word, autoescape=True))
        query = query.where(or_(in_text, _shows(Evidence.skill_id.in_(select(Skill.id).where(called)))))
    level = next((int(one) for one in wanted.chosen("level") if one in {"1", "2", "3", "4"}), 1)
    if occupations := wanted.chosen("occupation"):
        asked = select(OccupationSkill.skill_id).join(Occupation).where(Occupation.slug.in_(occupations))
        query = query.where(_shows(Evidence.skill_id.in_(asked), Evidence.level >= level))
    elif level > 1:
        query = query.where(_shows(Evidence.level >= level))
    if wanted.chosen("credential"):
        counts = Credential.valid_until.is_(None) | (Credential.valid_until >= clock.today())
        query = query.where(exists().where(Credential.trainee_id == Trainee.id, Credential.state == CredentialState.ISSUED, counts))
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
