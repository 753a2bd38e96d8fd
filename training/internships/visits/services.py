"""Planning visits, moving them, writing down what they found, and answering that."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from training.accounts.memberships.holdings import keep
from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.internships.placements.models import Placement
from training.internships.placements.services import to_mentor
from training.internships.visits import due, policies, queries
from training.internships.visits.models import Visit, VisitCadence
from training.internships.visits.workflow import LIFECYCLE, Event, Means, Notice, Standing, State
from training.jobs.services import insert_once
from training.kernel import clock
from training.kernel.db import db, expect, hold, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.trainees.profiles.queries import reach
from training.turns.services import answered, ask, ask_each, begin, move, withdraw

WRITTEN_WITHIN, ANSWERED_WITHIN = timedelta(days=3), timedelta(days=10)
"""How long after a visit its report is due, and after that the answers of mentor and trainee."""


@transaction()
def plan(
    actor: Actor,
    placement: Placement,
    *,
    visitor: Membership,
    starts_at: datetime,
    ends_at: datetime,
    means: Means,
    place: str,
    agenda: str | None = None,
    others: Collection[int] = (),
) -> Visit:
    """Plans a visit of a trainee, and of `others` (placement ids) at the same host; one that has just been made can be put in too."""
    authorise(policies.can_plan, actor, placement)
    keep(visitor)
    hold(visitor.account)
    chosen = [placement, *_beside(actor, placement, others)]
    planned = queries.planned([one.id for one in chosen])
    busy = queries.busy(visitor.account_id, starts_at, ends_at, employer_id=placement.employer_id)
    for one in chosen:
        require(policies.why_not_plan(one, planned_at=planned.get(one.id)))
        require(policies.why_not_then(one, starts_at=starts_at, ends_at=ends_at, visitor=visitor, busy=busy))
    made = [
        Visit(
            placement=one,
            school_id=one.school_id,
            employer_id=one.employer_id,
            visitor=visitor,
            starts_at=starts_at,
            ends_at=ends_at,
            means=means,
            place=place,
            agenda=agenda,
            state=State.PLANNED,
        )
        for one in chosen
    ]
    db.session.add_all(made)
    for visit in made:
        begin(actor, LIFECYCLE, visit, due=ends_at + WRITTEN_WITHIN)
        answered(visit.placement, Party.SCHOOL)
        record(actor, Event.PLANNED, visit, placement=visit.placement_id, visitor=visitor.id, starts_at=starts_at)
        if starts_at > clock.now():
            notify(Notice.PLANNED, visit, to=_others(actor, visit))
    return made[0]


@transaction()
def reschedule(
    actor: Actor,
    visit: Visit,
    *,
    version: int,
    visitor: Membership,
    starts_at: datetime,
    ends_at: datetime,
    means: Means,
    place: str,
    also: Collection[int] = (),
) -> None:
    """Moves a visit to another time, place or person; `also` are visits of the same outing that move with it."""
    authorise(policies.can_reschedule, actor, visit)
    expect(visit, version)
    keep(visitor)
    hold(visitor.account)
    moved = [visit, *_outing(actor, visit, also)]
    busy = queries.busy(visitor.account_id, starts_at, ends_at, employer_id=visit.employer_id, but=[one.id for one in moved])
    for one in moved:
        require(policies.why_not_plan(one.placement))
        require(policies.why_not_then(one.placement, starts_at=starts_at, ends_at=ends_at, visitor=visitor, busy=busy))
    for one in moved:
        before = _others(actor, one)
        one.starts_at, one.ends_at, one.means, one.place = starts_at, ends_at, means, place
        one.visitor, one.visitor_id = visitor, visitor.id
        move(actor, LIFECYCLE, "reschedule", one, due=ends_at + WRITTEN_WITHIN)
        record(actor, Event.RESCHEDULED, one, placement=one.placement_id, visitor=visitor.id, starts_at=starts_at)
        notify(Notice.RESCHEDULED, one, to=[*before, *_others(actor, one)])


@transaction()
def cancel(actor: Actor, visit: Visit, *, reason: str, also: Collection[int] = ()) -> None:
    """The school calls it off; `also` are visits of the same outing that go with it."""
    authorise(policies.can_cancel, actor, visit)
    for one in [visit, *_outing(actor, visit, also)]:
        move(actor, LIFECYCLE, "cancel", one, reason=reason)
        one.reason = reason
        record(actor, Event.CANCELLED, one, placement=one.placement_id, detail={"reason": reason})
        notify(Notice.CANCELLED, one, to=_others(actor, one))


@transaction()
def cancel_with_placement(actor: System, visit: Visit) -> None:
    """The placement is over, and with it the visit that was to come."""
    if visit.state is not State.PLANNED:
        return
    move(actor, LIFECYCLE, "cancel", visit, reason=visit.placement.state.value)
    record(actor, Event.CANCELLED, visit, placement=visit.placement_id, because=visit.placement.state)
    notify(Notice.CANCELLED, visit, to=_others(actor, visit))


@transaction()
def report(
    actor: Actor,
    visit: Visit,
    *,
    standing: Standing,
    findings: str,
    agreed: str | None = None,
    follow_up_on: date | None = None,
    school_note: str | None = None,
) -> None:
    """Writes down what was found and agreed; mentor and trainee confirm it or comment on it."""
    authorise(policies.can_report, actor, visit)
    require(policies.why_not_report(visit, follow_up_on=follow_up_on))
    answered_by = clock.now() + ANSWERED_WITHIN
    visit.standing, visit.findings, visit.agreed = standing, findings, agreed
    visit.follow_up_on, visit.school_note = follow_up_on, school_note
    move(actor, LIFECYCLE, "report", visit, due=answered_by)
    ask(visit, Party.TRAINEE, "confirm", due=answered_by, silence="conclude")
    record(actor, Event.REPORTED, visit, placement=visit.placement_id, standing=standing, follow_up_on=follow_up_on)
    until = answered_by.astimezone(ZoneInfo(visit.placement.employer.zone)).date()
    notify(Notice.REPORTED, visit, to=_others(actor, visit), until=until)


@transaction()
def confirm(actor: Actor, visit: Visit) -> None:
    """The mentor or the trainee agrees with the report."""
    authorise(policies.can_confirm, actor, visit)
    _answer(actor, visit, Event.CONFIRMED, None)


@transaction()
def comment(actor: Actor, visit: Visit, *, words: str) -> None:
    """The mentor or the trainee adds what they see otherwise; it stands beside the report."""
    authorise(policies.can_comment, actor, visit)
    _answer(actor, visit, Event.COMMENTED, words)
    notify(Notice.COMMENTED, visit, to=[Recipient(ACCOUNT, visit.visitor.account_id, visit.school_id)])


@transaction()
def conclude(actor: System, visit: Visit) -> None:
    """The time to answer is over; who has said nothing is not asked again."""
    move(actor, LIFECYCLE, "conclude", visit)
    record(actor, Event.CONCLUDED, visit, placement=visit.placement_id)


@transaction()
def remind(actor: System) -> int:
    """Asks every school to visit the placements that it has not looked in on for too long; returns how many."""
    return _remind()


@transaction()
def set_cadence(actor: Actor, school: Organisation, *, weeks: int) -> None:
    """From now on so many weeks may pass from one visit to the next."""
    authorise(policies.can_set_cadence, actor, school)
    insert_once(VisitCadence, {"school_id": school.id, "weeks": weeks}, "school_id")
    mine = update(VisitCadence).where(VisitCadence.school_id == school.id).values(weeks=weeks)
    db.session.execute(mine.execution_options(synchronize_session=False))
    record(actor, Event.PACED, school, weeks=weeks)
    withdraw("placement", due.VERB, party_kind="organisation", party_id=school.id)
    _remind(school.id)


def _remind(school_id: int | None = None) -> int:
    """With the day by which each visit is due."""
    found = due.dated(due.unasked(school_id))
    turns = [(one.placement, clock.end_of(one.due_on, one.placement.school.zone)) for one in found]
    ask_each(turns, Party.SCHOOL, due.VERB, roles=policies.LEADS)
    return len(turns)


def _answer(actor: Actor, visit: Visit, event: Event, words: str | None) -> None:
    """One side has answered; with both answers the visit is concluded."""
    side = policies.side_of(actor, visit)
    require(policies.why_not_confirm(visit, side=side))
    if side is Party.MENTOR:
        visit.mentor_at, visit.mentor_words = clock.now(), words
    else:
        visit.trainee_at, visit.trainee_words = clock.now(), words
    answered(visit, side or Party.TRAINEE)
    record(actor, event, visit, placement=visit.placement_id)
    if visit.mentor_at is not None and visit.trainee_at is not None:
        move(actor, LIFECYCLE, "conclude", visit)
        record(actor, Event.CONCLUDED, visit, placement=visit.placement_id)


def _beside(actor: Actor, placement: Placement, others: Collection[int]) -> Sequence[Placement]:
    """The others as they are once nobody can end them any more."""
    if others:
        hold(*queries.same_host(actor, placement, others))
    return queries.same_host(actor, placement, others) if others else ()


def _outing(actor: Actor, visit: Visit, also: Collection[int]) -> Sequence[Visit]:
    """Those of the same outing that are still planned, among the ids."""
    found = queries.together(actor, visit) if also else ()
    return [one for one in found if one.id in also and one.state is State.PLANNED]


def _others(actor: Actor, visit: Visit) -> list[Recipient]:
    """Trainee, mentor and visitor, without whoever acts."""
    visitor = Recipient(ACCOUNT, visit.visitor.account_id, visit.school_id)
    me = getattr(actor, "account_id", None)
    return [one for one in (*reach(visit.placement.trainee), *to_mentor(visit.placement), visitor) if one.id != me]
