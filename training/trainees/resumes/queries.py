"""What a résumé would change, compared with the profile and the passport as they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.keys import sort_key
from training.organisations.models import Organisation
from training.taxonomy import queries as taxonomy
from training.taxonomy.models import Skill
from training.trainees.employments.models import Employment
from training.trainees.passport import queries as passport
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.policies import EDUCATIONS
from training.trainees.resumes.models import Left, Line, Resume
from training.trainees.resumes.parsing import short
from training.trainees.resumes.workflow import Section


@dataclass(frozen=True)
class Change:
    """A detail of the profile, what it says now, and what it would say."""

    name: str
    now: str | None
    then: str


@dataclass
class Plan:
    """What would be taken part by part, what stands there already, and what is left."""

    details: dict[Section, list[Change]] = field(default_factory=dict)
    lines: dict[Section, list[Line]] = field(default_factory=dict)
    skills: list[tuple[Skill, int]] = field(default_factory=list)
    known: int = 0
    """How many pieces stand there already."""
    unknown: list[str] = field(default_factory=list)
    """Skills that the list does not have under that name."""
    left: list[Left] = field(default_factory=list)

    @property
    def sections(self) -> list[Section]:
        """Those of which something would be taken."""
        return [one for one in Section if self.details.get(one) or self.lines.get(one) or (one is Section.SKILLS and self.skills)]

    def within(self, chosen: Collection[Section]) -> "Plan":
        """Only these parts."""
        return Plan(
            {one: rows for one, rows in self.details.items() if one in chosen},
            {one: rows for one, rows in self.lines.items() if one in chosen},
            self.skills if Section.SKILLS in chosen else [],
        )


def plan(trainee: Trainee, resume: Resume) -> Plan:
    """The difference that a résumé makes: four statements, however long it is."""
    found = Plan(left=list(resume.left))
    contacts = [("phone", trainee.phone, resume.phone), ("town", trainee.town, resume.town)]
    for section, details in ((Section.CONTACTS, contacts), (Section.ABOUT, [("about", trainee.about, resume.about)])):
        said = [(name, now, then) for name, now, then in details if then is not None]
        found.details[section] = [Change(name, now, then) for name, now, then in said if now != then]
        found.known += len(said) - len(found.details[section])
    _plan_lines(found, trainee, resume)
    _plan_skills(found, trainee, resume)
    return found


def _plan_lines(found: Plan, trainee: Trainee, resume: Resume) -> None:
    """Lines of education and certificates that are new, as far as there is room."""
    rows = profiles.educations(trainee.id)
    there = {_line_key(one.place, one.what, one.from_year, one.until_year) for one in rows}
    room = EDUCATIONS - len(rows)
    for section, lines in ((Section.EDUCATION, resume.educations), (Section.CERTIFICATES, resume.certificates)):
        fresh = found.lines[section] = []
        for line in lines:
            key = _line_key(line.place, line.what, line.from_year, line.until_year)
            if key in there:
                found.known += 1
            elif room <= 0:
                why = _l("The profile has room for %(most)d lines of education and certificates.", most=EDUCATIONS)
                found.left.append(Left(line.path, 1, short(f"{line.what}, {line.place}"), why))
            else:
                room -= 1
                there.add(key)
                fresh.append(line)


def _plan_skills(found: Plan, trainee: Trainee, resume: Resume) -> None:
    """Skills of the shared list, by name in either language; what the trainee has stated stays as it is."""
    keys = taxonomy.called(Skill, {one.name for one in resume.abilities})
    levels: dict[int, int] = {}
    for one in resume.abilities:
        skill = keys.get(sort_key(one.name))
        if skill is not None:
            levels[skill] = max(one.level, levels.get(skill, 0))
        elif one.name not in found.unknown:
            found.unknown.append(one.name)
    stated = passport.stated(trainee.id)
    skills = taxonomy.skills_by_id(levels)
    found.known += len(levels.keys() & stated.keys())
    found.skills = sorted(((skills[key], level) for key, level in levels.items() if key not in stated), key=lambda one: one[0].title)


def _line_key(place: str, what: str, from_year: int | None, until_year: int | None) -> tuple[str, str, int | None, int | None]:
    return sort_key(place), sort_key(what), from_year, until_year


def jobs(trainee_id: int) -> Sequence[tuple[Employment, Organisation]]:
    """A trainee's employments with their employers, newest first."""
    query = select(Employment, Organisation).join(Organisation, Organisation.id == Employment.employer_id)
    query = query.where(Employment.trainee_id == trainee_id).order_by(Employment.began_on.desc(), Employment.id.desc())
    return [(job, employer) for job, employer in db.session.execute(query)]
