"""Finding openings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from training.internships.openings.models import Opening, OpeningPlaces
from training.internships.openings.policies import visible_to
from training.internships.openings.workflow import State
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import language
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Member, Visitor
from training.search.queries import hits
from training.search.services import PUBLIC
from training.taxonomy.models import Occupation

FILTERS = ("town", "occupation", "start")
"""What the public catalogue can be narrowed by."""


@dataclass(frozen=True)
class Choices:
    """What the catalogue can be narrowed to, each with how many openings there are: towns, occupations (slug, title), months."""

    town: Sequence[tuple[str, str, int]]
    occupation: Sequence[tuple[str, str, int]]
    start: Sequence[tuple[str, date, int]]


def _whole(query: Select[Opening]) -> Select[Opening]:
    return query.options(joinedload(Opening.employer), joinedload(Opening.occupation), joinedload(Opening.pool), joinedload(Opening.site))


def opening(actor: Actor, opening_id: int) -> Opening:
    """One opening with its employer, site, occupation, places and codes."""
    found = db.session.scalars(_whole(visible_to(actor)).where(Opening.id == opening_id).options(selectinload(Opening.codes))).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Opening]:
    """Those openings of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Opening.id.in_(ids)).options(selectinload(Opening.codes)))


def by_slug(actor: Actor, slug: str) -> Opening:
    """One opening by its public address, with its employer, site, occupation, places and codes."""
    found = db.session.scalars(_whole(visible_to(actor)).where(Opening.slug == slug).options(selectinload(Opening.codes))).one_or_none()
    if found is None:
        raise NotFound
    return found


def own(actor: Actor, opening_id: int) -> Opening:
    """One of the actor's own employer's openings."""
    found = opening(actor, opening_id)
    if not isinstance(actor, Member) or found.employer_id != actor.organisation_id:
        raise NotFound
    return found


def catalogue(wanted: Wanted) -> Slice[Opening]:
    """What the public finds: by rank when words were typed, else the next to begin first; filters town, occupation, start."""
    query = _whole(visible_to(Visitor()))
    if towns := wanted.chosen("town"):
        query = query.where(Opening.town.in_(towns))
    if occupations := wanted.chosen("occupation"):
        query = query.where(Opening.occupation_id.in_(select(Occupation.id).where(Occupation.slug.in_(occupations))))
    if months := [_month(text) for text in wanted.chosen("start") if _month(text)]:
        query = query.where(or_(*(Opening.starts_on.between(first, last) for first, last in filter(None, months))))
    if wanted.words:
        found = hits("opening", wanted.words, [PUBLIC])
        return paged(query.join(found, found.c.subject_id == Opening.id), wanted, found.c.rank, Opening.id)
    return paged(query, wanted, Opening.starts_on, Opening.id)


def _month(text: str) -> tuple[date, date] | None:
    """The first and last day of a month written `2026-06`."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def choices() -> Choices:
    """What the catalogue can be narrowed to: three statements."""
    mine = visible_to(Visitor()).with_only_columns(Opening.id)
    title = Occupation.title_ru if language() == "ru" else Occupation.title_en
    here = select(Opening.town, func.count()).where(Opening.id.in_(mine)).group_by(Opening.town).order_by(func.count().desc(), Opening.town)
    work = (
        select(Occupation.slug, title, func.count())
        .join(Opening, Opening.occupation_id == Occupation.id)
        .where(Opening.id.in_(mine))
        .group_by(Occupation.id, Occupation.slug, title)
        .order_by(func.count().desc(), title, Occupation.id)
    )
    days = select(Opening.starts_on, func.count()).where(Opening.id.in_(mine)).group_by(Opening.starts_on).order_by(Opening.starts_on)
    months: dict[date, int] = {}
    for day, count in db.session.execute(days):
        months[day.replace(day=1)] = months.get(day.replace(day=1), 0) + count
    return Choices(
        town=[(town, town, count) for town, count in db.session.execute(here)],
        occupation=[(slug, name, count) for slug, name, count in db.session.execute(work)],
        start=[(f"{month:%Y-%m}", month, count) for month, count in months.items()],
    )


def listed(actor: Actor, wanted: Wanted) -> Slice[Opening]:
    """An employer's own openings in every state, the newest first; filter `state`."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = _whole(visible_to(actor)).where(Opening.employer_id == mine)
    if states := [state for state in State if state in wanted.chosen("state")]:
        query = query.where(Opening.state.in_(states))
    if wanted.words:
        query = query.where(Opening.title.icontains(wanted.words, autoescape=True))
    return paged(query, wanted, Opening.starts_on.desc(), Opening.id.desc())


def pool(opening_id: int) -> OpeningPlaces:
    """How many places there are and how many are taken, as it is now."""
    query = select(OpeningPlaces).where(OpeningPlaces.opening_id == opening_id).execution_options(populate_existing=True)
    return db.session.scalars(query).one()
