"""The people of a cohort, and the public catalogue of programmes, as lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from training.courses.cohorts import policies as cohort_policies
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import catalogue
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to
from training.courses.enrolments.workflow import State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Kind
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, OrganisationKind, anyone
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.taxonomy.models import Occupation
from training.trainees.profiles.models import Trainee


def people(actor: Actor, cohort: Cohort) -> Select[Enrolment]:
    """Those who hold or held a seat in a cohort."""
    query = visible_to(actor).join(Enrolment.trainee)
    return query.where(Enrolment.cohort_id == cohort.id, Enrolment.state != State.WAITLISTED, Enrolment.pool_id.is_not(None))


def states(actor: Actor, cohort: Cohort) -> Sequence[tuple[str, Any, int]]:
    """How far the people of a cohort are, each with how many."""
    query = people(actor, cohort).with_only_columns(Enrolment.state, func.count()).group_by(Enrolment.state)
    numbers = {state: count for state, count in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
    return [(state.value, state.label, numbers[state]) for state in State if state in numbers]


_STATE = of_kind("state", _l("State"), Enrolment.state, State)

ROSTER = Listing(
    name="roster",
    title=_l("Roster"),
    endpoint="courses.cohorts.show",
    may=cohort_policies.can_see,
    subject=cohorts.cohort,
    rows=people,
    key=Enrolment.id,
    loads=(contains_eager(Enrolment.trainee), joinedload(Enrolment.pool)),
    words=_l("Find by name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        Filter(
            _STATE.name,
            _STATE.label,
            _STATE.where,
            states,
            least=2,
        ),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("age", _l("Age"), Order.NUMBER, (Trainee.born_on.desc(),)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.trainee.name),
        OutColumn(_l("Age"), lambda row: row.trainee.age()),
        OutColumn(_l("Seat"), lambda row: row.pool.funding),
        OutColumn(_l("Enrolled"), lambda row: row.enrolled_on),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)


def schools(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """The verified schools, by name."""
    query = select(Organisation.id, Organisation.short_name).where(
        Organisation.kind == OrganisationKind.SCHOOL, Organisation.state == OrganisationState.VERIFIED
    )
    return [(key, name) for key, name in db.session.execute(query.order_by(Organisation.name_key, Organisation.id))]


def occupations(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """What the programmes lead to."""
    query = select(Occupation).where(Occupation.id.in_(select(Programme.occupation_id)))
    return [(one.id, one.title) for one in db.session.scalars(query.order_by(Occupation.slug))]


def towns(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """Where the schools are."""
    query = select(Organisation.town).where(Organisation.kind == OrganisationKind.SCHOOL, Organisation.state == OrganisationState.VERIFIED)
    return [(town, town) for town in db.session.scalars(query.distinct().order_by(Organisation.town))]


def narrowed(query: Select[Any], wanted: Wanted, subject: object) -> tuple[Select[Any], Any]:
    """As the catalogue's own page narrows and ranks."""
    return catalogue.narrowed(query, wanted)


def _by_the_whole(values: Sequence[str]) -> None:
    """The catalogue narrows by all its filters at once."""


CATALOGUE = Listing(
    name="catalogue",
    title=_l("Programmes"),
    endpoint="courses.programmes.catalogue",
    may=anyone,
    rows=lambda actor: catalogue.rows(),
    key=ProgrammeVersion.id,
    entities=False,
    words=_l("Trade, skill, school or code"),
    match=narrowed,
    ranked=lambda wanted: bool(wanted.words),
    dress=lambda rows, subject, wanted: catalogue.entries(rows),
    filters=(
        Filter("start", _l("Seats"), _by_the_whole, lambda actor, subject: [(one.value, one.label) for one in catalogue.Start]),
        Filter("kind", _l("Kind of programme"), _by_the_whole, lambda actor, subject: [(one.value, one.label) for one in Kind]),
        Filter("town", _l("Town"), _by_the_whole, towns),
        Filter("school", _l("School"), _by_the_whole, schools),
        Filter("occupation", _l("Occupation"), _by_the_whole, occupations),
    ),
    sorts=(
        Sort("title", _l("Title"), Order.TEXT, (Programme.title_key,)),
        Sort("school", _l("School"), Order.TEXT, (Organisation.name_key, Programme.title_key)),
    ),
    first="title",
    columns=(
        OutColumn(_l("Code"), lambda row: row.code),
        OutColumn(_l("Title"), lambda row: row.title),
        OutColumn(_l("Kind of programme"), lambda row: row.kind),
        OutColumn(_l("School"), lambda row: row.school),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("Months"), lambda row: row.months),
        OutColumn(_l("Begins"), lambda row: row.offer.starts_on if row.offer else None),
        OutColumn(_l("Applications until"), lambda row: row.offer.closes_on if row.offer else None),
        OutColumn(_l("Free seats"), lambda row: row.offer.seats.free if row.offer else None),
    ),
)
