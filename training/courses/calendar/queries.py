"""Finding academic years, and the calendar that others ask for teaching days."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from training.courses.calendar.days import Calendar, Span, Year
from training.courses.calendar.models import AcademicYear, Period
from training.courses.calendar.policies import visible_to
from training.courses.calendar.workflow import PeriodKind
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, System

_ACTOR = System("calendar")


def years(actor: Actor) -> Sequence[AcademicYear]:
    """All years of the actor's school, the newest first, with their periods: two statements."""
    query = visible_to(actor).options(selectinload(AcademicYear.periods))
    return db.session.scalars(query.order_by(AcademicYear.starts_on.desc(), AcademicYear.id.desc())).all()


def year(actor: Actor, year_id: int) -> AcademicYear:
    """One year with its terms and days off."""
    query = visible_to(actor).where(AcademicYear.id == year_id).options(joinedload(AcademicYear.periods))
    found = db.session.scalars(query, execution_options={"populate_existing": True}).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, AcademicYear]:
    """Those years of the ids that the actor may see."""
    return by_id(visible_to(actor).where(AcademicYear.id.in_(ids)))


def period(actor: Actor, period_id: int) -> Period:
    """One term or days off, with their year."""
    mine = visible_to(actor).with_only_columns(AcademicYear.id)
    query = select(Period).where(Period.id == period_id, Period.year_id.in_(mine)).options(joinedload(Period.year))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_school(school_id: int, *, but: int | None = None) -> Sequence[AcademicYear]:
    """The years of a school as they are now, but one of them."""
    query = visible_to(_ACTOR).where(AcademicYear.school_id == school_id, AcademicYear.id != (but or 0))
    return db.session.scalars(query.order_by(AcademicYear.id), execution_options={"populate_existing": True}).all()


def periods_of(year_id: int, *, but: int | None = None) -> Sequence[Period]:
    """The terms and days off of a year as they are now, but one of them."""
    query = select(Period).where(Period.year_id == year_id, Period.id != (but or 0)).order_by(Period.starts_on, Period.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def calendar(school_id: int, first: date, last: date) -> Calendar:
    """The school's years that have a day from the first to the last, with terms and days off: one statement."""
    query = visible_to(_ACTOR).where(AcademicYear.school_id == school_id, AcademicYear.starts_on <= last, AcademicYear.ends_on >= first)
    query = query.outerjoin(AcademicYear.periods).options(contains_eager(AcademicYear.periods))
    query = query.order_by(AcademicYear.starts_on, AcademicYear.id, Period.starts_on, Period.id)
    found = db.session.scalars(query, execution_options={"populate_existing": True}).unique()
    return Calendar(
        [Year(Span(one.starts_on, one.ends_on, one.name), spans(one, PeriodKind.TERM), spans(one, PeriodKind.HOLIDAY)) for one in found]
    )


def spans(year: AcademicYear, kind: PeriodKind) -> list[Span]:
    """The terms or the days off of a year as plain days."""
    return [Span(one.starts_on, one.ends_on, one.name) for one in year.of_kind(kind)]
