"""How a seat in the panels of interviews passes to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import aliased

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.candidates.interviews.models import Interview, InterviewPanel
from training.candidates.interviews.queries import ARRANGED
from training.candidates.interviews.workflow import Event
from training.kernel.db import db, hold
from training.kernel.i18n import LazyString, _l, format_moment
from training.kernel.policy import Actor, Role, require
from training.organisations.queries import zone_of

INTERVIEWERS = frozenset({Role.MANAGER, Role.RECRUITER, Role.MENTOR})


def sat_in(membership_ids: Collection[int]) -> Select[int, int]:
    """The interviews still to take place or be concluded, as pairs with the memberships that sit in them."""
    arranged = (InterviewPanel.membership_id.in_(membership_ids), Interview.state.in_(ARRANGED))
    return select(InterviewPanel.membership_id, Interview.id).join(InterviewPanel.interview).where(*arranged)


def sit(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other sits in all of these interviews now; NotNow when they are in another one at the time."""
    hold(taker.account)
    query = select(Interview).where(Interview.id.in_(sat_in([giver.id]).with_only_columns(Interview.id)))
    found = db.session.scalars(query.order_by(Interview.id)).all()
    require(_why_not(giver, taker))
    mine, options = InterviewPanel.interview_id.in_([one.id for one in found]), {"synchronize_session": False}
    seats = (mine, InterviewPanel.membership_id == giver.id)
    sits = (Membership.account_id == taker.account_id, Membership.id != giver.id)
    there = db.session.scalars(select(InterviewPanel.interview_id).join(InterviewPanel.membership).where(mine, *sits)).all()
    db.session.execute(delete(InterviewPanel).where(*seats, InterviewPanel.interview_id.in_(there)).execution_options(**options))
    db.session.execute(update(InterviewPanel).where(*seats).values(membership_id=taker.id).execution_options(**options))
    for interview in found:
        record(actor, Event.HANDED_OVER, interview, panel=taker.id)
    return len(found)


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
