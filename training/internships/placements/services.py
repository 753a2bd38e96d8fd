"""Moving placements along, with places, mentors, disclosures and engagements kept in step."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from training.accounts.memberships.holdings import keep
from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import reach as members
from training.audit.services import record
from training.internships.openings import services as openings
from training.internships.openings.models import Opening
from training.internships.openings.workflow import Notice as OpeningNotice
from training.internships.placements import policies, queries
from training.internships.placements.models import MentorLoad, Placement
from training.internships.placements.workflow import LIFECYCLE, TAKEN, Event, Notice, State
from training.jobs.services import insert_once
from training.kernel import clock
from training.kernel.db import NotFound, db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member, NotNow, Role, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents.queries import is_given
from training.trainees.disclosures.services import disclose
from training.trainees.disclosures.services import withdraw as undisclose
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import services as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.engagements.queries import overlapping as engaged
from training.trainees.profiles import queries as profiles
from training.turns.services import ask, begin, move

AFTERWARDS = timedelta(days=365)
"""How long the employer still sees the trainee of a placement that is over: for the evaluation, questions, hiring."""


@transaction()
def request(actor: Actor, opening: Opening) -> Placement:
    """A trainee asks for a place; their school answers first."""
    authorise(policies.can_request, actor, opening)
    if not isinstance(actor, Learner):
        raise NotFound
    trainee = profiles.by_id(actor.trainee_id)
    hold(trainee)
    taken = queries.overlapping(trainee.id, opening.starts_on, opening.ends_on)
    require(policies.why_not_request(opening, trainee=trainee, overlapping=taken))
    placement = Placement(
        school_id=trainee.school_id,
        employer_id=opening.employer_id,
        opening_id=opening.id,
        trainee=trainee,
        trainee_id=trainee.id,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        weekly_hours=opening.weekly_hours,
        daily_hours=opening.daily_hours,
        state=State.REQUESTED,
    )
    db.session.add(placement)
    begin(actor, LIFECYCLE, placement)
    record(actor, Event.REQUESTED, placement, opening=opening.id, trainee=trainee.id)
    notify(Notice.REQUESTED, placement, to=at_school(placement))
    return placement


@transaction()
def approve(actor: Actor, placement: Placement, *, supervisor: Membership | None = None) -> None:
    """The school agrees and names who looks after the trainee there; from now on the employer sees them."""
    authorise(policies.can_approve, actor, placement)
    if supervisor is not None:
        keep(supervisor)
    require(policies.why_not_approve(placement, consented=is_given(placement.trainee_id), supervisor=supervisor))
    placement.approved_at = clock.now()
    placement.supervisor_id = supervisor.id if supervisor is not None else None
    move(actor, LIFECYCLE, "approve", placement)
    disclose(actor, placement.trainee, Because.PLACEMENT, placement, to=placement.employer_id)
    record(actor, Event.APPROVED, placement, supervisor=placement.supervisor_id)
    notify(Notice.APPROVED, placement, to=[*at_employer(placement), *profiles.reach(placement.trainee)])


@transaction()
def accept(
    actor: Actor, placement: Placement, *, mentor: Membership, daily_hours: int | None = None, weekly_hours: int | None = None
) -> None:
    """The host takes the trainee on, names a mentor, and may shorten the hours (for a minor the law often asks for it)."""
    authorise(policies.can_accept, actor, placement)
    keep(mentor)
    daily, weekly = daily_hours or placement.daily_hours, weekly_hours or placement.weekly_hours
    require(policies.why_not_accept(placement, mentor=mentor, daily_hours=daily, weekly_hours=weekly))
    placement.daily_hours, placement.weekly_hours = daily, weekly
    if placement.opening_id is not None:
        openings.take_place(placement.opening_id)
    take_mentor(mentor, most=queries.limit_of(placement))
    placement.mentor_id = mentor.id
    move(actor, LIFECYCLE, "accept", placement)
    record(actor, Event.ACCEPTED, placement, mentor=mentor.id)
    to_mentor = Recipient("account", mentor.account_id, placement.employer_id)
    notify(Notice.ACCEPTED, placement, to=[*profiles.reach(placement.trainee), *at_school(placement), to_mentor])


@transaction()
def refuse(actor: Actor, placement: Placement, *, reason: str) -> None:
    """The school or the employer says no; the trainee reads why."""
    authorise(policies.can_refuse, actor, placement)
    by_employer = isinstance(actor, Member) and actor.organisation_id == placement.employer_id
    require(policies.why_not_refuse(placement, by_employer=by_employer))
    _end(actor, placement, "refuse", Event.REFUSED, reason)
    others = at_school(placement) if by_employer else []
    notify(Notice.REFUSED, placement, to=[*profiles.reach(placement.trainee), *others])


@transaction()
def withdraw(actor: Actor, placement: Placement, *, reason: str) -> None:
    """The trainee takes the request back; the employer no longer sees them."""
    authorise(policies.can_withdraw, actor, placement)
    known = placement.approved_at is not None
    _end(actor, placement, "withdraw", Event.WITHDRAWN, reason)
    notify(Notice.WITHDRAWN, placement, to=at_school(placement))
    _tell_of_freed(placement, known=known)


@transaction()
def lapse(actor: System, placement: Placement) -> None:
    """Nobody answered in time, or the opening was withdrawn."""
    known = placement.approved_at is not None
    _end(actor, placement, "lapse", Event.LAPSED, None)
    notify(Notice.LAPSED, placement, to=[*profiles.reach(placement.trainee), *at_school(placement)])
    _tell_of_freed(placement, known=known)


@transaction()
def agree(actor: Actor, placement: Placement) -> None:
    """Everybody has signed (called by agreements): the trainee's days are theirs to keep."""
    hold(placement.trainee)
    elsewhere = engaged(placement.trainee_id, [EngagementKind.PLACEMENT, EngagementKind.SECONDMENT], placement.starts_on, placement.ends_on)
    if elsewhere:
        raise NotNow(_l("%(trainee)s is engaged elsewhere on some of these days. Change the dates first.", trainee=placement.trainee.name))
    begins_at = clock.end_of(placement.starts_on - timedelta(days=1), placement.employer.zone)
    move(actor, LIFECYCLE, "agree", placement, due=begins_at)
    engagements.engage(
        placement.trainee,
        EngagementKind.PLACEMENT,
        placement,
        at=placement.employer_id,
        from_on=placement.starts_on,
        until_on=placement.ends_on,
    )
    record(actor, Event.AGREED, placement)
    notify(Notice.AGREED, placement, to=[*profiles.reach(placement.trainee), *at_employer(placement), *to_mentor(placement)])


@transaction()
def start(actor: Actor, placement: Placement) -> None:
    """The first day has come."""
    authorise(policies.can_start, actor, placement)
    require(policies.why_not_start(placement))
    ends_at = clock.end_of(placement.ends_on, placement.employer.zone)
    move(actor, LIFECYCLE, "start", placement, due=ends_at)
    ask(placement, Party.MENTOR, "evaluate", due=ends_at)
    record(actor, Event.STARTED, placement)
    notify(Notice.STARTED, placement, to=[*profiles.reach(placement.trainee), *to_mentor(placement)])


@transaction()
def complete(actor: Actor, placement: Placement) -> None:
    """The stay is done as planned (called by evaluations, which look at the logbook and the ratings first)."""
    authorise(policies.can_complete, actor, placement)
    _end(actor, placement, "complete", Event.COMPLETED, None)
    notify(Notice.COMPLETED, placement, to=[*profiles.reach(placement.trainee), *at_school(placement)])


@transaction()
def cancel(actor: Actor, placement: Placement, *, reason: str) -> None:
    """The school or the employer calls it off before it begins."""
    authorise(policies.can_cancel, actor, placement)
    _end(actor, placement, "cancel", Event.CANCELLED, reason)
    notify(Notice.CANCELLED, placement, to=[*profiles.reach(placement.trainee), *at_school(placement)])
    _tell_of_freed(placement, known=True)


@transaction()
def break_off(actor: Actor, placement: Placement, *, reason: str) -> None:
    """The school or the employer ends it before its last day."""
    authorise(policies.can_break_off, actor, placement)
    _end(actor, placement, "break_off", Event.BROKEN_OFF, reason)
    told = [*profiles.reach(placement.trainee), *at_school(placement), *at_employer(placement), *to_mentor(placement)]
    notify(Notice.BROKEN_OFF, placement, to=told)


@transaction()
def lapse_all(actor: System, *, opening_id: int) -> int:
    """The opening is withdrawn: requests that nobody has accepted lapse; returns how many."""
    found = queries.waiting_for(opening_id)
    hold(*found)
    for placement in found:
        lapse(actor, placement)
    return len(found)


def _end(actor: Actor, placement: Placement, verb: str, event: Event, reason: str | None) -> None:
    """One of the ends: place, mentor, engagement and disclosure go with it."""
    before = placement.state
    placement.reason = reason
    move(actor, LIFECYCLE, verb, placement, reason=reason)
    if before in TAKEN and placement.mentor_id is not None:
        leave_mentor(placement.mentor_id)
    if before in TAKEN and placement.opening_id is not None and placement.state is not State.COMPLETED:
        openings.free_place(placement.opening_id)
    if before in {State.AGREED, State.ACTIVE}:
        engagements.end(placement, on=min(clock.today(placement.employer.zone), placement.ends_on))
    if placement.state in {State.COMPLETED, State.BROKEN_OFF}:
        until = clock.now() + AFTERWARDS
        disclose(actor, placement.trainee, Because.PLACEMENT, placement, to=placement.employer_id, until=until)
    elif placement.approved_at is not None:
        undisclose(actor, placement.trainee, Because.PLACEMENT, placement)
    record(actor, event, placement, detail={"reason": reason} if reason else None)


def _tell_of_freed(placement: Placement, *, known: bool) -> None:
    """The employer no longer sees the trainee, but learns that a place is free again."""
    if known and placement.opening is not None:
        notify(OpeningNotice.FREED, placement.opening, to=at_employer(placement))


def take_mentor(mentor: Membership, *, most: int, trainees: int = 1) -> None:
    """More trainees for the mentor, inside the running transaction; NotNow when that is too many."""
    insert_once(MentorLoad, {"membership_id": mentor.id, "most": most, "held": 0}, "membership_id")
    room = (MentorLoad.membership_id == mentor.id, MentorLoad.held + trainees <= most)
    if trainees > 1 and not _counted(*room, held=MentorLoad.held + trainees, most=most):
        raise NotNow(
            _l(
                "%(mentor)s can have %(most)d trainees in all, and these are %(count)d more. Choose somebody else.",
                mentor=mentor.name,
                most=most,
                count=trainees,
            )
        )
    if trainees == 1 and not _counted(*room, held=MentorLoad.held + 1, most=most):
        raise NotNow(
            _l("%(mentor)s has %(most)d trainees already. Choose somebody else.", mentor=mentor.name, most=most), field="mentor_id"
        )


def leave_mentor(membership_id: int, *, trainees: int = 1) -> None:
    """Fewer trainees for the mentor, inside the running transaction."""
    _counted(MentorLoad.membership_id == membership_id, held=MentorLoad.held - trainees)


def _counted(*where: Any, **values: Any) -> bool:
    changed = update(MentorLoad).where(*where).values(values).returning(MentorLoad.id)
    return db.session.scalars(changed.execution_options(synchronize_session=False)).one_or_none() is not None


def at_school(placement: Placement) -> list[Recipient]:
    """Who is told at the school."""
    return members(placement.school_id, Role.MANAGER, Role.PLACEMENT_OFFICER)


def at_employer(placement: Placement) -> list[Recipient]:
    """Who is told at the employer."""
    return members(placement.employer_id, Role.MANAGER)


def to_mentor(placement: Placement) -> list[Recipient]:
    """The mentor, once one is named; load the placement with its mentor."""
    return [Recipient("account", placement.mentor.account_id, placement.employer_id)] if placement.mentor is not None else []
