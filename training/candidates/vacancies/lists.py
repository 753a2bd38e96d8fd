"""An employer's own vacancies, and the public catalogue of vacancies, as lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from training.candidates.vacancies import queries
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import can_list, visible_to
from training.candidates.vacancies.workflow import Employment, Schedule, State
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_key, of_kind, of_text
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, Member, Visitor, anyone
from training.search.queries import hits
from training.search.services import PUBLIC
from training.taxonomy.models import Occupation

LOADS = (joinedload(Vacancy.employer), joinedload(Vacancy.occupation), joinedload(Vacancy.pool))


def rows(actor: Actor) -> Select[Vacancy]:
    """The vacancies of the actor's own employer, in every state."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    return visible_to(actor).where(Vacancy.employer_id == mine)


def occupations(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """What the employer's vacancies are for."""
    mine = rows(actor).with_only_columns(Vacancy.occupation_id)
    query = select(Occupation).where(Occupation.id.in_(mine)).order_by(Occupation.slug)
    return [(one.id, one.title) for one in db.session.scalars(query)]


VACANCIES = Listing(
    name="vacancies",
    title=_l("Vacancies"),
    endpoint="candidates.vacancies.listed",
    may=can_list,
    rows=rows,
    key=Vacancy.id,
    loads=LOADS,
    words=_l("Title"),
    word=lambda text: Vacancy.title_key.contains(text, autoescape=True),
    filters=(
        of_kind("state", _l("State"), Vacancy.state, State),
        of_key("occupation", _l("Occupation"), Vacancy.occupation_id, occupations),
    ),
    sorts=(
        Sort("made", _l("Drafted"), Order.DAY, (Vacancy.id,)),
        Sort("title", _l("Title"), Order.TEXT, (Vacancy.title_key,)),
    ),
    first="-made",
    columns=(
        OutColumn(_l("Vacancy"), lambda row: row.title),
        OutColumn(_l("Occupation"), lambda row: row.occupation.title),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("Pay from"), lambda row: row.least),
        OutColumn(_l("Pay to"), lambda row: row.most),
        OutColumn(_l("Positions"), lambda row: row.pool.positions),
        OutColumn(_l("Filled"), lambda row: row.pool.filled),
        OutColumn(_l("Published"), lambda row: row.published_on),
        OutColumn(_l("Last day"), lambda row: row.closes_on),
        OutColumn(_l("State"), lambda row: row.closing or row.state),
    ),
)


def found(query: Select[Any], wanted: Wanted, subject: object) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """By rank where words were typed."""
    if not wanted.words:
        return query, None
    best = hits("vacancy", wanted.words, [PUBLIC])
    return query.join(best, best.c.subject_id == Vacancy.id), best.c.rank


def _of(values: Sequence[str]) -> ColumnElement[bool] | None:
    return Vacancy.occupation_id.in_(select(Occupation.id).where(Occupation.slug.in_(values))) if values else None


WORK = Listing(
    name="work",
    title=_l("Vacancies"),
    endpoint="candidates.vacancies.catalogue",
    may=anyone,
    rows=lambda actor: visible_to(Visitor()),
    key=Vacancy.id,
    loads=LOADS,
    words=_l("Trade, skill or employer"),
    match=found,
    ranked=lambda wanted: bool(wanted.words),
    filters=(
        of_text("town", _l("Town"), Vacancy.town, lambda actor, subject: queries.towns()),
        Filter("occupation", _l("Occupation"), _of, lambda actor, subject: queries.occupations()),
        of_kind("employment", _l("Employment"), Vacancy.employment, Employment),
        of_kind("schedule", _l("Schedule"), Vacancy.schedule, Schedule),
    ),
    sorts=(
        Sort("published", _l("Published"), Order.DAY, (Vacancy.published_on,)),
        Sort("title", _l("Title"), Order.TEXT, (Vacancy.title_key,)),
    ),
    first="-published",
    columns=(
        OutColumn(_l("Vacancy"), lambda row: row.title),
        OutColumn(_l("Employer"), lambda row: row.employer.short_name),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("Occupation"), lambda row: row.occupation.title),
        OutColumn(_l("Employment"), lambda row: row.employment),
        OutColumn(_l("Schedule"), lambda row: row.schedule),
        OutColumn(_l("Pay from"), lambda row: row.least),
        OutColumn(_l("Pay to"), lambda row: row.most),
        OutColumn(_l("Last day"), lambda row: row.closes_on),
    ),
)
