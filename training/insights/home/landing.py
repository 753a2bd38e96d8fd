"""What the first public page tells, all of it counted from what anybody may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, Subquery, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import visible_to as vacancies_seen
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.policies import visible_to as cohorts_seen
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.queries import Seats, public_seats
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import visible_to as programmes_seen
from training.courses.programmes.workflow import State as VersionState
from training.internships.openings.models import Opening, OpeningPlaces
from training.internships.openings.policies import visible_to as openings_seen
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Visitor
from training.taxonomy.models import Occupation

ANYBODY = Visitor()
CARDS = 3
"""Cohorts shown."""
TRADES = 8
"""Occupations shown."""
PICTURES = {
    "2514": "laptop",
    "3115": "rulers",
    "3119": "clipboard-check",
    "3139": "robot",
    "7211": "droplet-half",
    "7212": "lightning-charge",
    "7222": "hammer",
    "7223": "gear-wide-connected",
    "7231": "bus-front",
    "7411": "plug",
    "7412": "plug",
}
"""A picture by ISCO-08 code; others have a tool."""


@dataclass(frozen=True)
class Counts:
    """How much there is to find, as anybody may see it."""

    programmes: int
    schools: int
    openings: int
    places: int
    vacancies: int


@dataclass(frozen=True)
class Trade:
    """An occupation, with how much there is to find for it."""

    title: str
    picture: str
    programmes: int
    openings: int
    vacancies: int


def counts() -> Counts:
    """What the public catalogues hold now: one statement."""
    programmes = programmes_seen(ANYBODY).with_only_columns(func.count()).scalar_subquery()
    schools = programmes_seen(ANYBODY).with_only_columns(func.count(ProgrammeVersion.school_id.distinct())).scalar_subquery()
    openings = openings_seen(ANYBODY).with_only_columns(func.count()).scalar_subquery()
    open_ones = openings_seen(ANYBODY).with_only_columns(Opening.id)
    free = func.coalesce(func.sum(OpeningPlaces.places - OpeningPlaces.taken), 0)
    places = select(free).where(OpeningPlaces.opening_id.in_(open_ones)).scalar_subquery()
    vacancies = vacancies_seen(ANYBODY).with_only_columns(func.count()).scalar_subquery()
    return Counts(*db.session.execute(select(programmes, schools, openings, places, vacancies)).one())


def going() -> tuple[Sequence[Cohort], Mapping[int, Seats]]:
    """The cohorts that one can apply for, with a free seat first, the nearest last day first, and their seats: three statements."""
    free = exists().where(
        SeatPool.cohort_id == Cohort.id, SeatPool.employer_id.is_(None), SeatPool.held + SeatPool.promised < SeatPool.seats
    )
    query = (
        cohorts_seen(ANYBODY)
        .join(Cohort.programme_version)
        .where(Cohort.state == CohortState.OPEN, Cohort.closes_on >= clock.today(), ProgrammeVersion.state == VersionState.PUBLISHED)
        .options(
            joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
            selectinload(Cohort.all_pools),
        )
        .order_by(free.desc(), Cohort.closes_on, Cohort.id)
        .limit(CARDS)
    )
    found = db.session.scalars(query).all()
    return found, public_seats(found)


def trades() -> Sequence[Trade]:
    """The occupations that employers look for most, with what there is for each: one statement."""
    programmes = _by_occupation(
        programmes_seen(ANYBODY).join(ProgrammeVersion.programme).with_only_columns(Programme.occupation_id.label("of")), "programmes"
    )
    openings = _by_occupation(openings_seen(ANYBODY).with_only_columns(Opening.occupation_id.label("of")), "openings")
    vacancies = _by_occupation(vacancies_seen(ANYBODY).with_only_columns(Vacancy.occupation_id.label("of")), "vacancies")
    numbers = [func.coalesce(one.c.number, 0) for one in (programmes, openings, vacancies)]
    query = select(Occupation, *numbers)
    for one in (programmes, openings, vacancies):
        query = query.outerjoin(one, one.c.of == Occupation.id)
    query = query.where(numbers[0] + numbers[1] + numbers[2] > 0)
    rows = db.session.execute(query.order_by((numbers[1] + numbers[2]).desc(), numbers[0].desc(), Occupation.id).limit(TRADES))
    return [Trade(one.title, PICTURES.get(one.isco, "tools"), *found) for one, *found in rows]


def _by_occupation(rows: Select[int | None] | Select[int], name: str) -> Subquery:
    every = rows.subquery()
    return select(every.c.of, func.count().label("number")).group_by(every.c.of).subquery(name)
