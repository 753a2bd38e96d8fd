"""A small region with something of every kind, published and not, all of it named after welding."""

from dataclasses import dataclass
from typing import Any

from tests.candidates.factories import draft_vacancy, let_employers_find, make_application, make_vacancy
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.factories import learner, make_employer, make_minor, make_school, make_trainee
from tests.internships.factories import make_opening, make_placement
from training.courses.programmes.workflow import State as VersionState
from training.insights.search import queries
from training.insights.search.services import refresh
from training.internships.openings.workflow import State as OpeningState
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import db
from training.kernel.policy import Actor, System
from training.organisations.models import Organisation

SYSTEM = System("tests")


@dataclass
class Region:
    """Who and what there is."""

    school: Organisation
    employer: Organisation
    trainee: Any
    minor: Any


def index(*organisations: Organisation) -> None:
    """Has what the factories made found."""
    for one in organisations:
        refresh(SYSTEM, one.id)


def make_region() -> Region:
    """One school and one employer with published, hidden and personal things."""
    school, employer = make_school(short_name="Сварочный колледж"), make_employer(short_name="Сварочный завод")
    version = make_version(make_programme(school, title="Сварщик ручной сварки"))
    make_version(make_programme(school, title="Сварщик в черновике"), state=VersionState.DRAFT)
    make_version(make_programme(school, title="Сварщик снятый"), state=VersionState.RETIRED)
    trainee = make_trainee(school_id=school.id)
    minor = make_minor(school_id=school.id)
    for person, family in ((trainee, "Сварщиков"), (minor, "Сварщикова")):
        person.call(family_name=family, given_name="Саша", patronymic=None, born_on=person.born_on)
    db.session.commit()
    make_enrolment(make_cohort(version, code="СВ-26"), trainee)
    opening = make_opening(employer=employer, title="Практика сварщика")
    make_opening(employer=employer, title="Практика сварщика в черновике", state=OpeningState.DRAFT)
    make_placement(opening=opening, trainee=trainee, state=PlacementState.REQUESTED)
    vacancy = make_vacancy(employer, title="Сварщик в цех")
    draft_vacancy(employer, title="Сварщик в черновике завода")
    make_application(vacancy, trainee=let_employers_find(make_trainee(visibility="school", family_name="Galimov", given_name="Timur")))
    index(school, employer)
    return Region(school, employer, trainee, minor)


def found(actor: Actor, words: str) -> dict[str, list[str]]:
    """What an actor is answered, by kind: the titles; and the counts agree with them."""
    db.session.rollback()
    answers = queries.answers(actor, words, shown=100)
    for group in answers.groups:
        assert group.total == len(group.answers)
    return {group.source.name: [one.title for one in group.answers] for group in answers.groups if group.total}


def mine(person: Any) -> Actor:
    """The trainee as an actor."""
    return learner(person)
