"""Who sees which cohort, and who plans, opens, starts and cancels it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding, State
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor, holds
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.taxonomy.models import ProgrammeCode


def public() -> ColumnElement[bool]:
    """As a condition on Cohort: planned with a day of opening, or further, at a school that is verified now."""
    verified = exists().where(Organisation.id == Cohort.school_id, Organisation.state == OrganisationState.VERIFIED)
    return and_(Cohort.state != State.CANCELLED, verified)


def visible_to(actor: Actor) -> Select[Cohort]:
    """Those of verified schools to everybody; a school's own to its members in any state."""
    match actor:
        case System():
            return select(Cohort)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Cohort).where(or_(Cohort.school_id == mine, public()))
        case Member() | Learner() | Visitor() | Bearer():
            return select(Cohort).where(public())
        case _:
            return select(Cohort).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools list their own cohorts."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_see(actor: Actor, cohort: Cohort) -> bool:
    """The school's own people see the working page."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_plan(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=version.school_id)


def leads(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school; the clock acts for nobody."""
    return isinstance(actor, System) or holds(actor, Role.MANAGER, at=cohort.school_id)


def can_login_cards(actor: Actor, cohort: Cohort) -> bool:
    """Those who give login cards at the school."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=cohort.school_id)


def can_edit(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return leads(actor, cohort)


def can_change_seats(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return leads(actor, cohort)


def can_renew(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return leads(actor, cohort)


def can_open_applications(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school, or the day it was planned for."""
    return leads(actor, cohort)


def can_close_applications(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school, or the end of the last day."""
    return leads(actor, cohort)


def can_start(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school, or the first day of training."""
    return leads(actor, cohort)


def can_complete(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school, or the day after the last."""
    return leads(actor, cohort)


def can_cancel(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return leads(actor, cohort)


def why_not_plan(
    version: ProgrammeVersion, *, days: Mapping[str, date], seats: Mapping[Funding, int], code: ProgrammeCode | None
) -> list[str | LazyString]:
    """The programme is published, its code still admits, the days follow each other, and there is a seat."""
    sentences = [*why_not_days(**days), *why_not_admit(code, opens_on=days["opens_on"])]
    if version.state is not VersionState.PUBLISHED:
        sentences.append(_l("Publish the programme first: people choose it by what it says."))
    if sum(seats.values()) < 1 or min(seats.values(), default=0) < 0:
        sentences.append(_l("A cohort needs at least one seat."))
    return sentences


def why_not_admit(code: ProgrammeCode | None, *, opens_on: date) -> list[str | LazyString]:
    """Applications open while the programme's code admits, as far as its list says until when."""
    if code is None or code.admission_until_on is None or opens_on <= code.admission_until_on:
        return []
    named = {"code": code.code, "day": format_date(code.admission_until_on, relative=False, weekday=False)}
    if code.successor:
        return [_l("Nobody is admitted under code %(code)s after %(day)s. Write a programme under %(next)s.", next=code.successor, **named)]
    return [_l("Nobody is admitted under code %(code)s after %(day)s. Let applications open by then.", **named)]


def why_not_days(*, opens_on: date, closes_on: date, starts_on: date, ends_on: date, joins_until_on: date) -> list[str | LazyString]:
    """Applications open and close, training starts and ends; seats can still be joined until some day before the end."""
    sentences: list[str | LazyString] = []
    if opens_on > closes_on:
        sentences.append(_l("Applications cannot close before they open."))
    if starts_on >= ends_on:
        sentences.append(_l("The last day comes after the first."))
    if closes_on > starts_on:
        sentences.append(_l("Applications close by the first day of training."))
    if not closes_on <= joins_until_on < ends_on:
        sentences.append(_l("The last joining day lies between the end of applications and the end of training."))
    return sentences


def why_not_renew(cohort: Cohort, *, now: ProgrammeVersion, to: ProgrammeVersion | None, completed: int = 0) -> list[str | LazyString]:
    """Before applications close and before anybody has completed it, to the newer version that is published; `now` is what it studies."""
    if cohort.state not in (State.PLANNED, State.OPEN):
        return [_l("Applications are closed: this cohort keeps the version that people applied for.")]
    if completed:
        return [_l("Somebody has completed it in this version already, so the cohort keeps it.")]
    if to is None or to.state is not VersionState.PUBLISHED or to.programme_id != now.programme_id or to.number <= now.number:
        return [_l("There is no newer version that is published.")]
    return []


def why_not_open_applications(cohort: Cohort, *, today: date) -> list[str | LazyString]:
    """Not after its last day."""
    return [_l("The last day of applications has passed. Change the days first.")] if today > cohort.closes_on else []


def why_not_change_seats(pools: Mapping[Funding, SeatPool], seats: Mapping[Funding, int]) -> list[str | LazyString]:
    """Seats that people hold stay."""
    return [
        _l("%(funding)s: %(held)d seats are held; there cannot be fewer.", funding=funding.label, held=pools[funding].held)
        for funding, number in seats.items()
        if funding in pools and number < pools[funding].held
    ]
