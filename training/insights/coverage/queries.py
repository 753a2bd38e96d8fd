"""What skills are asked for and what is taught, both counted by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, literal, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from training.candidates.vacancies.models import Vacancy, VacancySkill
from training.candidates.vacancies.policies import shown
from training.courses.programmes.models import Module, ModuleSkill, Programme, ProgrammeVersion
from training.courses.programmes.policies import public
from training.internships.openings.models import Opening
from training.internships.openings.policies import offered
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import db
from training.kernel.policy import Actor, Member, OrganisationKind
from training.organisations.models import Organisation
from training.taxonomy.models import OccupationSkill, Skill

MOST = 200
"""Skills on one page; the gaps come first."""
ROWS = 50
"""Vacancies, openings and modules that stand behind one skill, at most of each."""


@dataclass(frozen=True)
class Covered:
    """A skill: by how many it is asked for, up to which level, and in how many programmes, hours and up to which level it is taught."""

    skill: Skill
    vacancies: int
    openings: int
    employers: int
    wanted: int
    """The highest level that is asked, 1 to 4."""
    programmes: int
    taught: int
    """The highest level that is taught, 0 to 4."""
    hours: int
    """Of all modules that teach it; an hour that teaches two skills counts for both."""

    @property
    def gap(self) -> int:
        """Levels that are missing."""
        return max(self.wanted - self.taught, 0)


@dataclass(frozen=True)
class Behind:
    """What stands behind a skill's numbers, at most 50 of each."""

    skill: Skill
    vacancies: Sequence[tuple[Vacancy, int]]
    openings: Sequence[tuple[Opening, int]]
    modules: Sequence[tuple[Module, Programme, int]]


def coverage(actor: Actor, *, partners: bool) -> Sequence[Covered]:
    """The skills that are asked for, gaps first, then by how many ask: one statement.

    Asked: by live vacancies, and by open openings through their occupation. `partners` keeps to employers that took trainees of the actor's school.
    """
    asked, taught = _asked(actor, partners), _taught(actor)
    level = func.coalesce(taught.c.level, 0)
    missing = case((asked.c.level > level, asked.c.level - level), else_=0)
    query = (
        select(
            Skill,
            asked.c.vacancies,
            asked.c.openings,
            asked.c.employers,
            asked.c.level,
            func.coalesce(taught.c.programmes, 0),
            level,
            func.coalesce(taught.c.hours, 0),
        )
        .join(asked, asked.c.skill_id == Skill.id)
        .outerjoin(taught, taught.c.skill_id == Skill.id)
        .order_by(missing.desc(), (asked.c.vacancies + asked.c.openings).desc(), Skill.id)
        .limit(MOST)
    )
    return [Covered(*row) for row in db.session.execute(query)]


def behind(actor: Actor, slug: str, *, partners: bool) -> Behind | None:
    """The vacancies and openings that ask for a skill, and the modules that teach it; None when there is no such skill."""
    skill = db.session.scalars(select(Skill).where(Skill.slug == slug)).one_or_none()
    if skill is None:
        return None
    vacancies = (
        select(Vacancy, VacancySkill.level)
        .join(VacancySkill, VacancySkill.vacancy_id == Vacancy.id)
        .where(VacancySkill.skill_id == skill.id, shown(), _near(actor, Vacancy.employer_id, partners))
        .order_by(Vacancy.published_on.desc(), Vacancy.id)
    )
    openings = (
        select(Opening, OccupationSkill.level)
        .join(OccupationSkill, OccupationSkill.occupation_id == Opening.occupation_id)
        .where(OccupationSkill.skill_id == skill.id, offered(), _near(actor, Opening.employer_id, partners))
        .order_by(Opening.starts_on, Opening.id)
    )
    modules = (
        select(Module, Programme, ModuleSkill.level)
        .join(ModuleSkill, ModuleSkill.module_id == Module.id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Module.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(ModuleSkill.skill_id == skill.id, _own(actor))
        .order_by(ModuleSkill.level.desc(), Programme.title_key, Module.position, Module.id)
    )
    return Behind(skill, _rows(vacancies), _rows(openings), _rows(modules))


def employers_of(behind: Behind) -> dict[int, str]:
    """The names of the employers behind a skill, by id: one statement."""
    ids = {vacancy.employer_id for vacancy, _level in behind.vacancies} | {opening.employer_id for opening, _level in behind.openings}
    rows = db.session.execute(select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(ids)))
    return {row.id: row.short_name for row in rows}


def _rows(query: Any) -> list[Any]:
    return [tuple(row) for row in db.session.execute(query.limit(ROWS))]


def _asked(actor: Actor, partners: bool) -> Subquery:
    """By skill: vacancies, openings and employers that ask for it, and the highest level."""
    vacancies = (
        select(
            VacancySkill.skill_id,
            VacancySkill.level,
            Vacancy.employer_id,
            literal(1).label("vacancies"),
            literal(0).label("openings"),
        )
        .join(Vacancy, Vacancy.id == VacancySkill.vacancy_id)
        .where(shown(), _near(actor, Vacancy.employer_id, partners))
    )
    openings = (
        select(OccupationSkill.skill_id, OccupationSkill.level, Opening.employer_id, literal(0), literal(1))
        .join(Opening, Opening.occupation_id == OccupationSkill.occupation_id)
        .where(offered(), _near(actor, Opening.employer_id, partners))
    )
    each = union_all(vacancies, openings).subquery("each_that_asks")
    return (
        select(
            each.c.skill_id,
            func.max(each.c.level).label("level"),
            func.sum(each.c.vacancies).label("vacancies"),
            func.sum(each.c.openings).label("openings"),
            func.count(each.c.employer_id.distinct()).label("employers"),
        )
        .group_by(each.c.skill_id)
        .subquery("asked")
    )


def _taught(actor: Actor) -> Subquery:
    """By skill: programmes that teach it, the highest level, and the hours of the modules that do."""
    return (
        select(
            ModuleSkill.skill_id,
            func.max(ModuleSkill.level).label("level"),
            func.count(ProgrammeVersion.programme_id.distinct()).label("programmes"),
            func.sum(Module.hours).label("hours"),
        )
        .join(Module, Module.id == ModuleSkill.module_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Module.version_id)
        .where(_own(actor))
        .group_by(ModuleSkill.skill_id)
        .subquery("taught")
    )


def _own(actor: Actor) -> ColumnElement[bool]:
    """Published versions: a school's own, to others all."""
    if isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL:
        return public() & (ProgrammeVersion.school_id == actor.organisation_id)
    return public()


def _near(actor: Actor, employer_id: InstrumentedAttribute[int], partners: bool) -> ColumnElement[bool]:
    """Employers that took trainees of the actor's school, where only those are wanted."""
    if not partners or not isinstance(actor, Member):
        return true()
    took = (PlacementState.AGREED, PlacementState.ACTIVE, PlacementState.COMPLETED)
    return employer_id.in_(select(Placement.employer_id).where(Placement.school_id == actor.organisation_id, Placement.state.in_(took)))
