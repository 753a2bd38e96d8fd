"""Offering places to trainees, and counting those taken."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import select, update

from training.audit.services import record
from training.internships.openings import policies, queries
from training.internships.openings.models import MENTEES, Opening, OpeningPlaces
from training.internships.openings.workflow import LIFECYCLE, Event, Hazard, State
from training.kernel import keys
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.money import Money
from training.kernel.policy import Actor, NotNow, authorise, require
from training.organisations.models import Organisation
from training.organisations.queries import sites
from training.search.services import put_many
from training.taxonomy.models import ProgrammeCode
from training.turns.services import begin, move


@transaction()
def make(
    actor: Actor,
    employer: Organisation,
    *,
    title: str,
    occupation_id: int,
    places: int,
    starts_on: date,
    ends_on: date,
    weekly_hours: int,
    daily_hours: int,
    shift_from: time,
    shift_to: time,
    hazard: Hazard = Hazard.NONE,
    pay: Money | None = None,
    requirements: str | None = None,
    mentor_limit: int = MENTEES,
    site_id: int | None = None,
    codes: Sequence[int] = (),
) -> Opening:
    """A draft of an opening, which its employer opens when it is ready."""
    authorise(policies.can_make, actor, employer)
    opening = Opening(employer=employer, employer_id=employer.id, slug=keys.slug(), town=employer.town, state=State.DRAFT)
    opening.pool = OpeningPlaces(places=places)
    with db.session.no_autoflush:
        _set(
            opening,
            title=title,
            occupation_id=occupation_id,
            starts_on=starts_on,
            ends_on=ends_on,
            weekly_hours=weekly_hours,
            daily_hours=daily_hours,
            shift_from=shift_from,
            shift_to=shift_to,
            hazard=hazard,
            pay=pay,
            requirements=requirements,
            mentor_limit=mentor_limit,
            site_id=site_id,
            codes=codes,
        )
    db.session.add(opening)
    begin(actor, LIFECYCLE, opening)
    record(actor, Event.MADE, opening, employer=employer.id, places=places)
    _index(opening)
    return opening


@transaction()
def edit(actor: Actor, opening: Opening, *, version: int, places: int, **terms: Any) -> None:
    """Changes what is offered; placements that are agreed keep their own dates and hours."""
    authorise(policies.can_edit, actor, opening)
    expect(opening, version)
    require(policies.why_not_edit(opening, places=places, taken=queries.pool(opening.id).taken))
    _set(opening, **terms)
    _resize(opening, places)
    record(actor, Event.EDITED, opening, places=places)
    _index(opening)


@transaction()
def open(actor: Actor, opening: Opening) -> None:  # noqa: A001 - the domain's verb
    """From now on trainees find it and ask for a place."""
    authorise(policies.can_open, actor, opening)
    require(policies.why_not_open(opening))
    move(actor, LIFECYCLE, "open", opening)
    record(actor, Event.OPENED, opening)
    _index(opening)


@transaction()
def close(actor: Actor, opening: Opening) -> None:
    """No further requests; those that are there go on."""
    authorise(policies.can_close, actor, opening)
    move(actor, LIFECYCLE, "close", opening)
    record(actor, Event.CLOSED, opening)
    _index(opening)


@transaction()
def withdraw(actor: Actor, opening: Opening, *, reason: str) -> None:
    """Takes the offer back; requests that wait for an answer lapse."""
    authorise(policies.can_withdraw, actor, opening)
    move(actor, LIFECYCLE, "withdraw", opening, reason=reason)
    record(actor, Event.WITHDRAWN, opening, detail={"reason": reason})
    _index(opening)


def take_place(opening_id: int) -> None:
    """Takes one place inside the running transaction; NotNow when none is free."""
    free = (OpeningPlaces.opening_id == opening_id, OpeningPlaces.taken < OpeningPlaces.places)
    _count(OpeningPlaces.taken + 1, *free, otherwise=_l("All places of this opening are taken. Refuse, or offer more places first."))


def free_place(opening_id: int) -> None:
    """Gives one place back inside the running transaction."""
    _count(OpeningPlaces.taken - 1, OpeningPlaces.opening_id == opening_id, otherwise=_l("This opening has no such place."))


def _resize(opening: Opening, places: int) -> None:
    fits = (OpeningPlaces.opening_id == opening.id, OpeningPlaces.taken <= places)
    changed = update(OpeningPlaces).where(*fits).values(places=places).returning(OpeningPlaces.id)
    if db.session.scalars(changed.execution_options(synchronize_session=False)).one_or_none() is None:
        raise NotNow(_l("More places were taken meanwhile, so there cannot be fewer."), field="places")
    queries.pool(opening.id)


def _count(taken: Any, *where: Any, otherwise: Any) -> None:
    changed = update(OpeningPlaces).where(*where).values(taken=taken).returning(OpeningPlaces.id)
    if db.session.scalars(changed.execution_options(synchronize_session=False)).one_or_none() is None:
        raise NotNow(otherwise)


def _set(opening: Opening, *, pay: Money | None, codes: Sequence[int], site_id: int | None, **terms: Any) -> None:
    names = ("starts_on", "ends_on", "weekly_hours", "daily_hours", "shift_from", "shift_to")
    require(policies.why_not_terms(**{name: terms[name] for name in names}))
    for name, value in terms.items():
        setattr(opening, name, value)
    opening.title_key = keys.sort_key(opening.title)
    here = {site.id: site for site in sites(opening.employer)}
    opening.site_id = site_id if site_id in here else None
    opening.town = here[site_id].town if site_id in here else opening.employer.town
    opening.pay_minor, opening.pay_currency = (pay.minor, pay.currency) if pay else (None, None)
    opening.codes = list(db.session.scalars(select(ProgrammeCode).where(ProgrammeCode.id.in_(codes)).order_by(ProgrammeCode.code)))


def _index(opening: Opening) -> None:
    """Has the opening found as it is now."""
    put_many(queries.documents(Opening.id == opening.id))
