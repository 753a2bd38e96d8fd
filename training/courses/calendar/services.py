"""Planning academic years, and what stands on their days."""

from datetime import date

from sqlalchemy import delete, update

from training.audit.services import record
from training.courses.calendar import policies, queries
from training.courses.calendar.days import a_year_later
from training.courses.calendar.models import AcademicYear, Period
from training.courses.calendar.workflow import Event, PeriodKind
from training.kernel import clock
from training.kernel.db import db, expect, hold, transaction
from training.kernel.policy import Actor, authorise, require
from training.organisations.models import Organisation


@transaction()
def plan(actor: Actor, school: Organisation, *, starts_on: date, ends_on: date) -> AcademicYear:
    """A further academic year of the school, without terms and days off yet."""
    authorise(policies.can_plan, actor, school)
    hold(school)
    require(policies.why_not_plan(starts_on, ends_on, others=queries.of_school(school.id)))
    return _plan(actor, school.id, starts_on, ends_on)


@transaction()
def plan_next(actor: Actor, year: AcademicYear) -> AcademicYear:
    """The year after this one: the same days a year later, with the same terms and days off."""
    authorise(policies.can_plan_next, actor, year)
    school = db.session.get_one(Organisation, year.school_id)
    hold(school)
    starts_on, ends_on = a_year_later(year.starts_on), a_year_later(year.ends_on)
    require(policies.why_not_plan(starts_on, ends_on, others=queries.of_school(school.id)))
    made = _plan(actor, school.id, starts_on, ends_on, after=year.id)
    db.session.add_all(
        Period(
            year_id=made.id,
            school_id=school.id,
            kind=one.kind,
            name=one.name,
            starts_on=a_year_later(one.starts_on),
            ends_on=a_year_later(one.ends_on),
        )
        for one in queries.periods_of(year.id)
    )
    return made


@transaction()
def edit(actor: Actor, year: AcademicYear, *, version: int, starts_on: date, ends_on: date) -> None:
    """Other first and last days, while no timetable stands on them."""
    authorise(policies.can_edit, actor, year)
    expect(year, version)
    hold(db.session.get_one(Organisation, year.school_id))
    require(policies.why_not_move(year))
    require(policies.why_not_plan(starts_on, ends_on, others=queries.of_school(year.school_id, but=year.id)))
    require(policies.why_not_span(year, starts_on, ends_on, periods=queries.periods_of(year.id)))
    year.starts_on, year.ends_on = starts_on, ends_on
    record(actor, Event.EDITED, year, starts_on=starts_on, ends_on=ends_on)


@transaction()
def remove(actor: Actor, year: AcademicYear) -> None:
    """The year was planned by mistake; its history stays."""
    authorise(policies.can_remove, actor, year)
    require(policies.why_not_move(year))
    year.removed_at = clock.now()
    record(actor, Event.REMOVED, year)


@transaction()
def add_period(actor: Actor, year: AcademicYear, *, kind: PeriodKind, name: str, starts_on: date, ends_on: date) -> Period:
    """A further term, or days off; days off are added to a year with a timetable too, and its lessons on them are cancelled."""
    authorise(policies.can_add_period, actor, year)
    if kind is PeriodKind.TERM:
        require(policies.why_not_move(year))
    others = queries.periods_of(year.id)
    require(policies.why_not_period(year, kind=kind, starts_on=starts_on, ends_on=ends_on, others=others))
    made = Period(year_id=year.id, school_id=year.school_id, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on)
    db.session.add(made)
    db.session.flush()  # the event names its key
    record(actor, Event.PERIOD_ADDED, year, period=made.id, kind=kind, starts_on=starts_on, ends_on=ends_on)
    return made


@transaction()
def edit_period(actor: Actor, period: Period, *, name: str, starts_on: date, ends_on: date) -> None:
    """Another name; other days while no timetable stands on the year."""
    authorise(policies.can_edit_period, actor, period)
    year = _held(period)
    if (starts_on, ends_on) != (period.starts_on, period.ends_on):
        require(policies.why_not_move(year))
    others = queries.periods_of(year.id, but=period.id)
    require(policies.why_not_period(year, kind=period.kind, starts_on=starts_on, ends_on=ends_on, others=others))
    period.name, period.starts_on, period.ends_on = name, starts_on, ends_on
    record(actor, Event.PERIOD_EDITED, year, period=period.id, starts_on=starts_on, ends_on=ends_on)


@transaction()
def remove_period(actor: Actor, period: Period) -> None:
    """Takes a term or days off out of a year on which no timetable stands."""
    authorise(policies.can_remove_period, actor, period)
    year = _held(period)
    require(policies.why_not_move(year))
    db.session.execute(delete(Period).where(Period.id == period.id).execution_options(synchronize_session=False))
    record(actor, Event.PERIOD_REMOVED, year, period=period.id)


def build_on(school_id: int, first: date, last: date) -> None:
    """From now on a timetable stands on the years of these days, inside the running transaction: nobody moves them meanwhile or later."""
    free = update(AcademicYear).where(AcademicYear.school_id == school_id, AcademicYear.removed_at.is_(None))
    free = free.where(AcademicYear.starts_on <= last, AcademicYear.ends_on >= first, AcademicYear.built_on_at.is_(None))
    now = free.values(built_on_at=clock.now(), version=AcademicYear.version + 1)
    db.session.execute(now.execution_options(synchronize_session=False))


def _plan(actor: Actor, school_id: int, starts_on: date, ends_on: date, after: int | None = None) -> AcademicYear:
    made = AcademicYear(school_id=school_id, starts_on=starts_on, ends_on=ends_on)
    db.session.add(made)
    db.session.flush()  # its periods and its event refer to its key
    record(actor, Event.PLANNED, made, starts_on=starts_on, ends_on=ends_on, after=after)
    return made


def _held(period: Period) -> AcademicYear:
    """The period's year as it is now, while nobody else changes it or its parts."""
    hold(period.year)
    db.session.refresh(period.year, attribute_names=["starts_on", "ends_on", "built_on_at", "removed_at", "version"])
    return period.year
