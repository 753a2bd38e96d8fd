"""How a seat in the panels of interviews passes to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import aliased

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.candidates.interviews.models import Interview, InterviewPanel
from training.candidates.interviews.queries import ARRANGED
from training.candidates.interviews.workflow import Event, Notice
from training.kernel import clock
from training.kernel.db import db, hold
from training.kernel.i18n import LazyString, _l, format_moment
from training.kernel.policy import Actor, Role, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.queries import zone_of

INTERVIEWERS = frozenset({Role.MANAGER, Role.RECRUITER, Role.MENTOR})


def sat_in(membership_ids: Collection[int]) -> Select[int, int]:
    """The interviews still to take place or be concluded, as pairs with the memberships that sit in them."""
    arranged = (InterviewPanel.membership_id.in_(membership_ids), Interview.state.in_(ARRANGED))
    return select(InterviewPanel.membership_id, Interview.id).join(InterviewPanel.interview).where(*arranged)


def sit(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other sits in all of these interviews now, with an invitation; NotNow when they are in another one at the time."""
    hold(taker.account)
    require(_why_not(giver, taker))
    found = _changed(giver)
    mine, options = InterviewPanel.interview_id.in_([one.id for one in found]), {"synchronize_session": False}
    seats = (mine, InterviewPanel.membership_id == giver.id)
    sits = (Membership.account_id == taker.account_id, Membership.id != giver.id)
    there = db.session.scalars(select(InterviewPanel.interview_id).join(InterviewPanel.membership).where(mine, *sits)).all()
    db.session.execute(delete(InterviewPanel).where(*seats, InterviewPanel.interview_id.in_(there)).execution_options(**options))
    db.session.execute(update(InterviewPanel).where(*seats).values(membership_id=taker.id).execution_options(**options))
    for interview in found:
        record(actor, Event.HANDED_OVER, interview, panel=taker.id)
        if interview.ends_at > clock.now() and giver.account_id != taker.account_id:
            _tell(interview, giver)
            if interview.id not in there:
                notify(Notice.TAKEN_OVER, interview, to=[Recipient("account", taker.account_id, taker.organisation_id)])
    return len(found)


def leave(actor: Actor, giver: Membership) -> int:
    """The others sit in these interviews without them; NotNow when there is one without others."""
    require(_why_not_leave(giver))
    found = _changed(giver)
    seats = (InterviewPanel.interview_id.in_([one.id for one in found]), InterviewPanel.membership_id == giver.id)
    db.session.execute(delete(InterviewPanel).where(*seats).execution_options(synchronize_session=False))
    for interview in found:
        record(actor, Event.LEFT, interview, panel=giver.id)
        if interview.ends_at > clock.now():
            _tell(interview, giver)
    return len(found)


def _changed(giver: Membership) -> Sequence[Interview]:
    """The interviews that somebody still sits in, each as a later version, which replaces the earlier one in calendars."""
    theirs = Interview.id.in_(sat_in([giver.id]).with_only_columns(Interview.id))
    later = update(Interview).where(theirs).values(version=Interview.version + 1)
    db.session.execute(later.execution_options(synchronize_session=False))
    query = select(Interview).where(theirs).order_by(Interview.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _tell(interview: Interview, giver: Membership) -> None:
    """It is out of their calendar: told to them as a person, whether or not they still belong to the employer when it is read."""
    when = {"starts_at": interview.starts_at, "ends_at": interview.ends_at}
    notify(
        Notice.HANDED_OVER, giver, to=[Recipient("account", giver.account_id)], interview=interview.id, sequence=interview.version, **when
    )


def _why_not_leave(giver: Membership) -> list[str | LazyString]:
    """Somebody of the employer is there: names the first interview that would have nobody."""
    seat, other = aliased(InterviewPanel), aliased(InterviewPanel)
    others = exists().where(other.interview_id == Interview.id, other.membership_id != giver.id)
    query = (
        select(Interview.starts_at)
        .join(seat, seat.interview_id == Interview.id)
        .where(seat.membership_id == giver.id, Interview.state.in_(ARRANGED), ~others)
        .order_by(Interview.starts_at)
        .limit(1)
    )
    alone = db.session.scalars(query).one_or_none()
    if alone is None:
        return []
    at = format_moment(alone, zone=zone_of(giver.organisation_id))
    return [_l("Nobody else sits in the interview %(moment)s. Choose a colleague.", moment=at)]


def _why_not(giver: Membership, taker: Membership) -> list[str | LazyString]:
    """Nobody is in two interviews at once: names the first at which the colleague is taken."""
    passing, other, seat = aliased(Interview), aliased(Interview), aliased(InterviewPanel)
    query = (
        select(passing.starts_at)
        .join(InterviewPanel, InterviewPanel.interview_id == passing.id)
        .join(other, (other.starts_at < passing.ends_at) & (other.ends_at > passing.starts_at) & (other.id != passing.id))
        .join(seat, seat.interview_id == other.id)
        .join(Membership, Membership.id == seat.membership_id)
        .where(
            InterviewPanel.membership_id == giver.id,
            passing.state.in_(ARRANGED),
            other.state.in_(ARRANGED),
            Membership.account_id == taker.account_id,
        )
        .order_by(passing.starts_at)
        .limit(1)
    )
    clash = db.session.scalars(query).one_or_none()
    if clash is None:
        return []
    at = format_moment(clash, zone=zone_of(giver.organisation_id))
    return [_l("%(person)s has another interview at the time of the one %(moment)s. Choose somebody else.", person=taker.name, moment=at)]
