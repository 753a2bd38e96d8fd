"""Finding openings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from training.internships.openings.models import Opening, OpeningCode, OpeningPlaces
from training.internships.openings.policies import offered, visible_to
from training.internships.openings.workflow import State
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import language
from training.kernel.policy import Actor, Member, Visitor
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.organisations.queries import finders
from training.search.queries import suggest
from training.search.services import PUBLIC, Document
from training.taxonomy.models import Occupation, ProgrammeCode

NEAREST = 5
"""Openings that a programme's page names."""


def _whole(query: Select[Opening]) -> Select[Opening]:
    return query.options(joinedload(Opening.employer), joinedload(Opening.occupation), joinedload(Opening.pool), joinedload(Opening.site))


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Opening.id, selectinload(Opening.codes))


def opening(actor: Actor, opening_id: int) -> Opening:
    """One opening with its employer, site, occupation, places and codes."""
    return _BY_ID.one(actor, key=opening_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Opening]:
    """Those openings of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Opening.id.in_(ids)).options(selectinload(Opening.codes)))


_BY_SLUG = by_key(lambda actor: _whole(visible_to(actor)), Opening.slug, selectinload(Opening.codes))


def by_slug(actor: Actor, slug: str) -> Opening:
    """One opening by its public address, with its employer, site, occupation, places and codes."""
    return _BY_SLUG.one(actor, key=slug)


def own(actor: Actor, opening_id: int) -> Opening:
    """One of the actor's own employer's openings."""
    found = opening(actor, opening_id)
    if not isinstance(actor, Member) or found.employer_id != actor.organisation_id:
        raise NotFound
    return found


def pool(opening_id: int) -> OpeningPlaces:
    """How many places there are and how many are taken, as it is now."""
    query = select(OpeningPlaces).where(OpeningPlaces.opening_id == opening_id).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


@dataclass(frozen=True)
class Offered:
    """Openings that suit a programme, the nearest first, and how many there are with how many free places."""

    rows: Sequence[Opening]
    total: int
    free: int


def suiting(system: str, code: str, occupation_id: int | None, today: date) -> Offered:
    """Open internships with free places for a programme: those that name its code, and of those that name none the ones of its work: one statement."""
    listed = and_(ProgrammeCode.id == OpeningCode.programme_code_id, ProgrammeCode.system == system, ProgrammeCode.code == code)
    named = select(OpeningCode.opening_id).join(ProgrammeCode, listed)
    for_any = ~exists().where(OpeningCode.opening_id == Opening.id)
    suits = or_(Opening.id.in_(named), and_(Opening.occupation_id == occupation_id, for_any)) if occupation_id else Opening.id.in_(named)
    free = OpeningPlaces.places - OpeningPlaces.taken
    query = (
        select(Opening, func.count().over(), func.sum(free).over())
        .join(OpeningPlaces, OpeningPlaces.opening_id == Opening.id)
        .where(offered(), Opening.starts_on >= today, free > 0, suits)
        .options(joinedload(Opening.employer))
    )
    rows = db.session.execute(query.order_by(Opening.starts_on, Opening.id).limit(NEAREST)).all()
    return Offered([row[0] for row in rows], rows[0][1] if rows else 0, int(rows[0][2]) if rows else 0)


def towns() -> Sequence[tuple[str, str, int]]:
    """The towns of the public catalogue, each with how many there are; at most 12."""
    mine = visible_to(Visitor()).with_only_columns(Opening.id)
    query = (
        select(Opening.town, func.count()).where(Opening.id.in_(mine)).group_by(Opening.town).order_by(func.count().desc(), Opening.town)
    )
    return [(town, town, count) for town, count in db.session.execute(query.limit(12))]


def occupations() -> Sequence[tuple[str, str, int]]:
    """The occupations of the public catalogue by slug, each with how many there are; at most 12."""
    mine = visible_to(Visitor()).with_only_columns(Opening.id)
    title = Occupation.title_ru if language() == "ru" else Occupation.title_en
    query = (
        select(Occupation.slug, title, func.count())
        .join(Opening, Opening.occupation_id == Occupation.id)
        .where(Opening.id.in_(mine))
        .group_by(Occupation.id, Occupation.slug, title)
        .order_by(func.count().desc(), title, Occupation.id)
    )
    return [(slug, name, count) for slug, name, count in db.session.execute(query.limit(12))]


def months() -> Sequence[tuple[str, date, int]]:
    """The months in which openings of the public catalogue begin, each with how many there are."""
    mine = visible_to(Visitor()).with_only_columns(Opening.id)
    days = select(Opening.starts_on, func.count()).where(Opening.id.in_(mine)).group_by(Opening.starts_on).order_by(Opening.starts_on)
    found: dict[date, int] = {}
    for day, count in db.session.execute(days):
        found[day.replace(day=1)] = found.get(day.replace(day=1), 0) + count
    return [(f"{month:%Y-%m}", month, count) for month, count in found.items()]


def meant(words: str) -> Sequence[str]:
    """Titles of open internships that look like what was typed and found nothing."""
    return suggest("opening", words, [PUBLIC], among=visible_to(Visitor()).with_only_columns(Opening.id))


def documents(which: ColumnElement[bool]) -> list[Document]:
    """What can be found of those openings, open or not: two statements."""
    query = select(Opening, Organisation, Occupation).join(Organisation, Organisation.id == Opening.employer_id)
    query = query.join(Occupation, Occupation.id == Opening.occupation_id).where(which).options(selectinload(Opening.codes))
    return [_document(*row) for row in db.session.execute(query.order_by(Opening.id))]


def _document(opening: Opening, employer: Organisation, occupation: Occupation) -> Document:
    codes = [f"{code.code} {code.title_ru} {code.title_en}" for code in opening.codes]
    words = [employer.native_name, employer.latin_name, employer.legal_name, occupation.title_en, occupation.title_ru, opening.town]
    body = "\n".join(word for word in (*words, *codes, opening.requirements) if word)
    return Document("opening", opening.id, opening.title, body, scopes=finders(employer, published=opening.state is State.OPEN))
