"""Planning cohorts and moving them along their days."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.cohorts import policies, queries
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import LIFECYCLE, Admission, EntryBase, Event, Funding, Notice, State, StudyForm
from training.courses.programmes.models import ProgrammeVersion
from training.courses.quotas import services as quotas
from training.kernel import clock
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, Role, System, authorise, require
from training.notices.services import notify
from training.turns.services import begin, move


@transaction()
def plan(
    actor: Actor,
    version: ProgrammeVersion,
    *,
    code: str,
    study_form: StudyForm,
    starts_on: date,
    ends_on: date,
    opens_on: date,
    closes_on: date,
    seats: Mapping[Funding, int],
    joins_until_on: date | None = None,
    entry_base: EntryBase = EntryBase.ANY,
    admission: Admission = Admission.ORDER_OF_ARRIVAL,
    minimum: int = 0,
    site_id: int | None = None,
) -> Cohort:
    """A cohort of a published programme, with its seats by who pays."""
    authorise(policies.can_plan, actor, version)
    days = {
        "opens_on": opens_on,
        "closes_on": closes_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "joins_until_on": joins_until_on or max(closes_on, starts_on - timedelta(days=1)),
    }
    require(policies.why_not_plan(version, days=days, seats=seats, code=queries.code_of(version.id)))
    cohort = Cohort(
        school_id=version.school_id,
        version_id=version.id,
        programme_version=version,
        study_form=study_form,
        entry_base=entry_base,
        admission=admission,
        minimum=minimum,
        site_id=site_id,
        state=State.PLANNED,
        **days,
    )
    cohort.call(code)
    _keep(cohort)
    programme_code, _none = queries.planned_from_the_state(cohort)
    quotas.plan(cohort.school_id, {(programme_code, starts_on.year): seats.get(Funding.STATE, 0)})
    db.session.add_all(
        SeatPool(cohort_id=cohort.id, funding=funding, seats=number, held=0) for funding, number in seats.items() if number > 0
    )
    begin(actor, LIFECYCLE, cohort)
    record(actor, Event.PLANNED, cohort, seats=sum(seats.values()))
    return cohort


def _keep(cohort: Cohort) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(cohort)
    except IntegrityError:
        raise NotNow(_l("There is a cohort %(code)s already. Choose another name.", code=cohort.code), field="code") from None


@transaction()
def edit(
    actor: Actor,
    cohort: Cohort,
    *,
    version: int,
    opens_on: date,
    closes_on: date,
    starts_on: date,
    ends_on: date,
    joins_until_on: date,
    **details: Any,
) -> None:
    """Changes days, place and form until training has begun."""
    authorise(policies.can_edit, actor, cohort)
    expect(cohort, version)
    if cohort.state not in (State.PLANNED, State.OPEN, State.CLOSED):
        raise NotNow(_l("Training has begun; its days stay as they are."))
    days = {"opens_on": opens_on, "closes_on": closes_on, "starts_on": starts_on, "ends_on": ends_on, "joins_until_on": joins_until_on}
    require([*policies.why_not_days(**days), *policies.why_not_admit(queries.code_of(cohort.version_id), opens_on=opens_on)])
    if starts_on.year != cohort.starts_on.year:
        code, state = queries.planned_from_the_state(cohort)
        quotas.plan(cohort.school_id, {(code, cohort.starts_on.year): -state, (code, starts_on.year): state})
    for name, value in {**days, **details}.items():
        setattr(cohort, name, value)
    record(actor, Event.EDITED, cohort, starts=starts_on, ends=ends_on, closes=closes_on)


@transaction()
def change_seats(actor: Actor, cohort: Cohort, *, seats: Mapping[Funding, int]) -> None:
    """More or fewer seats by who pays, never fewer than are held. `enrolments.change_seats` also gives to the queue what is free then."""
    authorise(policies.can_change_seats, actor, cohort)
    pools = {pool.funding: pool for pool in queries.pools_of(cohort.id)}
    require(policies.why_not_change_seats(pools, seats))
    code, before = queries.planned_from_the_state(cohort)
    quotas.plan(cohort.school_id, {(code, cohort.starts_on.year): seats.get(Funding.STATE, before) - before})
    for funding, number in seats.items():
        if funding not in pools and number > 0:
            db.session.add(SeatPool(cohort_id=cohort.id, funding=funding, seats=number, held=0))
        elif funding in pools and number != pools[funding].seats:
            statement = update(SeatPool).where(SeatPool.id == pools[funding].id, SeatPool.held <= number).values(seats=number, promised=0)
            changed = db.session.execute(statement.execution_options(synchronize_session=False))
            if changed.rowcount == 0:  # type: ignore[attr-defined]
                raise NotNow(_l("Somebody has just taken a seat. Look at the numbers again."))
    record(actor, Event.SEATS_CHANGED, cohort, seats=sum(seats.values()))


@transaction()
def renew(actor: Actor, cohort: Cohort, *, version: int, now: ProgrammeVersion, to: ProgrammeVersion) -> None:
    """The cohort studies a newer version from now on. `enrolments.renew` also sees to it that nobody has completed it, and tells its people."""
    authorise(policies.can_renew, actor, cohort)
    expect(cohort, version)
    require(policies.why_not_renew(cohort, now=now, to=to))
    cohort.version_id, cohort.programme_version = to.id, to
    record(actor, Event.RENEWED, cohort, before=now.number, after=to.number)


@transaction()
def open_applications(actor: Actor, cohort: Cohort) -> None:
    """From now on people take seats."""
    authorise(policies.can_open_applications, actor, cohort)
    require(policies.why_not_open_applications(cohort, today=clock.today(queries.zone_of(cohort))))
    move(actor, LIFECYCLE, "open_applications", cohort)
    record(actor, Event.OPENED, cohort)
    notify(Notice.OPENED, cohort, to=reach(cohort.school_id, Role.MANAGER))


@transaction()
def close_applications(actor: Actor, cohort: Cohort) -> None:
    """Nobody can apply any more; the queue still moves until the last joining day."""
    authorise(policies.can_close_applications, actor, cohort)
    move(actor, LIFECYCLE, "close_applications", cohort)
    record(actor, Event.CLOSED, cohort)


@transaction()
def start(actor: Actor, cohort: Cohort) -> None:
    """Training begins."""
    authorise(policies.can_start, actor, cohort)
    move(actor, LIFECYCLE, "start", cohort)
    record(actor, Event.STARTED, cohort)


@transaction()
def complete(actor: Actor, cohort: Cohort) -> None:
    """Training is over."""
    authorise(policies.can_complete, actor, cohort)
    move(actor, LIFECYCLE, "complete", cohort)
    record(actor, Event.COMPLETED, cohort)


@transaction()
def cancel(actor: Actor, cohort: Cohort, *, reason: str) -> None:
    """The cohort does not take place; everybody in it is told by the job that follows."""
    authorise(policies.can_cancel, actor, cohort)
    move(actor, LIFECYCLE, "cancel", cohort, reason=reason)
    code, state = queries.planned_from_the_state(cohort)
    quotas.plan(cohort.school_id, {(code, cohort.starts_on.year): -state})
    record(actor, Event.CANCELLED, cohort, detail={"reason": reason})
    notify(Notice.CANCELLED, cohort, to=reach(cohort.school_id, Role.MANAGER, Role.TEACHER))


def advance() -> int:
    """Opens, closes, starts and completes the cohorts whose day has come at their school; returns how many."""
    clockwork = System("cohorts.advance")
    moved = 0
    for state, step in STEPS.items():
        for cohort, zone in queries.due(state, clock.today() + timedelta(days=1)):
            if due_on(cohort) <= clock.today(zone) and (state is not State.PLANNED or clock.today(zone) <= cohort.closes_on):
                step(clockwork, cohort)
                moved += 1
    return moved


STEPS: dict[State, Callable[[Actor, Cohort], None]] = {
    State.PLANNED: open_applications,
    State.OPEN: close_applications,
    State.CLOSED: start,
    State.RUNNING: complete,
}
"""What the clock does to a cohort, by its state."""


def due_on(cohort: Cohort) -> date:
    """The day on which the clock moves a cohort on: seats can be joined before training counts as begun."""
    following = timedelta(days=1)
    match cohort.state:
        case State.PLANNED:
            return cohort.opens_on
        case State.OPEN:
            return cohort.closes_on + following
        case State.CLOSED:
            return max(cohort.starts_on, cohort.joins_until_on + following)
        case _:
            return cohort.ends_on + following
