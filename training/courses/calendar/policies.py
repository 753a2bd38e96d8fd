"""Who sees a school's academic years, who plans them, and when their days stay."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, select

from training.courses.calendar.days import Span
from training.courses.calendar.models import AcademicYear, Period
from training.courses.calendar.workflow import PeriodKind
from training.kernel.i18n import LazyString, _l, format_range
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation

LONGEST = 400
"""Days of an academic year at most: one that is longer has a wrong number in it."""


def visible_to(actor: Actor) -> Select[AcademicYear]:
    """A school's own, to everybody there."""
    match actor:
        case System():
            return select(AcademicYear).where(AcademicYear.removed_at.is_(None))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(AcademicYear).where(AcademicYear.school_id == mine, AcademicYear.removed_at.is_(None))
        case _:
            return select(AcademicYear).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Everybody at a school."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_see(actor: Actor, year: AcademicYear) -> bool:
    """Everybody at the school."""
    return isinstance(actor, Member) and actor.organisation_id == year.school_id


def can_plan(actor: Actor, school: Organisation) -> bool:
    """Managers of a school."""
    return holds(actor, Role.MANAGER, at=school.id) and isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_edit(actor: Actor, year: AcademicYear) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=year.school_id)


def can_plan_next(actor: Actor, year: AcademicYear) -> bool:
    """Managers of the school."""
    return can_edit(actor, year)


def can_remove(actor: Actor, year: AcademicYear) -> bool:
    """Managers of the school."""
    return can_edit(actor, year)


def can_add_period(actor: Actor, year: AcademicYear) -> bool:
    """Managers of the school."""
    return can_edit(actor, year)


def can_edit_period(actor: Actor, period: Period) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=period.school_id)


def can_remove_period(actor: Actor, period: Period) -> bool:
    """Managers of the school."""
    return can_edit_period(actor, period)


def why_not_move(year: AcademicYear) -> list[str | LazyString]:
    """No timetable stands on the year's days."""
    if year.built_on_at is None:
        return []
    return [_l("A timetable stands on the days of %(year)s, so they stay as they are. Further days off can be added.", year=year.name)]


def why_not_plan(starts_on: date, ends_on: date, *, others: Sequence[AcademicYear]) -> list[str | LazyString]:
    """A year has an end, is not longer than a year can be, and shares no day with another one."""
    if starts_on >= ends_on:
        return [_l("The last day comes after the first.")]
    if (ends_on - starts_on).days > LONGEST:
        return [_l("This is longer than an academic year: %(number)d days at most.", number=LONGEST)]
    met = next((one for one in others if Span(one.starts_on, one.ends_on).meets(Span(starts_on, ends_on))), None)
    if met is None:
        return []
    return [_l("The year %(year)s has some of these days: %(days)s.", year=met.name, days=format_range(met.starts_on, met.ends_on))]


def why_not_span(year: AcademicYear, starts_on: date, ends_on: date, *, periods: Sequence[Period]) -> list[str | LazyString]:
    """All periods lie within these first and last days of their year."""
    found: list[str | LazyString] = [
        _l("%(period)s lies outside these days: %(days)s.", period=one.name, days=format_range(one.starts_on, one.ends_on))
        for one in periods
        if not starts_on <= one.starts_on <= one.ends_on <= ends_on
    ]
    return found[:3]


def why_not_period(
    year: AcademicYear, *, kind: PeriodKind, starts_on: date, ends_on: date, others: Sequence[Period]
) -> list[str | LazyString]:
    """Inside the year, in order, and sharing no day with another one of its kind."""
    if starts_on > ends_on:
        return [_l("The last day does not come before the first.")]
    if not year.starts_on <= starts_on <= ends_on <= year.ends_on:
        return [_l("The year %(year)s is from %(days)s.", year=year.name, days=format_range(year.starts_on, year.ends_on))]
    span = Span(starts_on, ends_on)
    met = next((one for one in others if one.kind is kind and Span(one.starts_on, one.ends_on).meets(span)), None)
    if met is None:
        return []
    return [_l("%(period)s has some of these days: %(days)s.", period=met.name, days=format_range(met.starts_on, met.ends_on))]
