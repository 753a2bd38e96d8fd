"""An employer's own openings, and the public catalogue of internships, as lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from training.internships.openings import queries
from training.internships.openings.models import Opening
from training.internships.openings.policies import can_list, visible_to
from training.internships.openings.workflow import State
from training.kernel.db import db
from training.kernel.i18n import _l, format_month
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_key, of_kind, of_text
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, Member, Visitor, anyone
from training.search.queries import hits
from training.search.services import PUBLIC
from training.taxonomy.models import Occupation

LOADS = (joinedload(Opening.employer), joinedload(Opening.occupation), joinedload(Opening.pool), joinedload(Opening.site))


def rows(actor: Actor) -> Select[Opening]:
    """The openings of the actor's own employer, in every state."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    return visible_to(actor).where(Opening.employer_id == mine)


def occupations(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """What the employer's openings are for."""
    mine = rows(actor).with_only_columns(Opening.occupation_id)
    query = select(Occupation).where(Occupation.id.in_(mine)).order_by(Occupation.slug)
    return [(one.id, one.title) for one in db.session.scalars(query)]


OPENINGS = Listing(
    name="openings",
    title=_l("Openings"),
    endpoint="internships.openings.listed",
    may=can_list,
    rows=rows,
    key=Opening.id,
    loads=LOADS,
    words=_l("Title"),
    word=lambda text: Opening.title_key.contains(text, autoescape=True),
    filters=(
        of_kind("state", _l("State"), Opening.state, State),
        of_key("occupation", _l("Occupation"), Opening.occupation_id, occupations),
    ),
    sorts=(
        Sort("starts", _l("First day"), Order.DAY, (Opening.starts_on,)),
        Sort("title", _l("Title"), Order.TEXT, (Opening.title_key,)),
    ),
    first="-starts",
    columns=(
        OutColumn(_l("Title"), lambda row: row.title),
        OutColumn(_l("Occupation"), lambda row: row.occupation.title),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("First day"), lambda row: row.starts_on),
        OutColumn(_l("Last day"), lambda row: row.ends_on),
        OutColumn(_l("Hours a week"), lambda row: row.weekly_hours),
        OutColumn(_l("Places"), lambda row: row.pool.places),
        OutColumn(_l("Taken"), lambda row: row.pool.taken),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)


def in_months(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Openings that begin in one of the months, written 2026-06."""
    spans = [span for value in values if (span := _month(value))]
    return or_(*(Opening.starts_on.between(first, last) for first, last in spans)) if spans else None


def _month(text: str) -> tuple[date, date] | None:
    """The first and last day of a month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def found(query: Select[Any], wanted: Wanted, subject: object) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """By rank where words were typed."""
    if not wanted.words:
        return query, None
    best = hits("opening", wanted.words, [PUBLIC])
    return query.join(best, best.c.subject_id == Opening.id), best.c.rank


def _of(values: Sequence[str]) -> ColumnElement[bool] | None:
    return Opening.occupation_id.in_(select(Occupation.id).where(Occupation.slug.in_(values))) if values else None


INTERNSHIPS = Listing(
    name="internships",
    title=_l("Internships"),
    endpoint="internships.openings.catalogue",
    may=anyone,
    rows=lambda actor: visible_to(Visitor()),
    key=Opening.id,
    loads=LOADS,
    words=_l("Trade, employer or town"),
    match=found,
    ranked=lambda wanted: bool(wanted.words),
    filters=(
        Filter(
            "start",
            _l("Begins in"),
            in_months,
            lambda actor, subject: [(value, format_month(month), count) for value, month, count in queries.months()],
        ),
        of_text("town", _l("Town"), Opening.town, lambda actor, subject: queries.towns()),
        Filter("occupation", _l("Occupation"), _of, lambda actor, subject: queries.occupations()),
    ),
    sorts=(
        Sort("starts", _l("First day"), Order.DAY, (Opening.starts_on,)),
        Sort("title", _l("Title"), Order.TEXT, (Opening.title_key,)),
    ),
    first="starts",
    columns=(
        OutColumn(_l("Title"), lambda row: row.title),
        OutColumn(_l("Employer"), lambda row: row.employer.short_name),
        OutColumn(_l("Town"), lambda row: row.town),
        OutColumn(_l("Occupation"), lambda row: row.occupation.title),
        OutColumn(_l("First day"), lambda row: row.starts_on),
        OutColumn(_l("Last day"), lambda row: row.ends_on),
        OutColumn(_l("Hours a week"), lambda row: row.weekly_hours),
        OutColumn(_l("Free places"), lambda row: row.pool.free),
        OutColumn(_l("Pay a month"), lambda row: row.pay),
    ),
)
