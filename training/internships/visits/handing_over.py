"""How the visits that somebody is to make pass to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.internships.visits import queries
from training.internships.visits.models import Visit
from training.internships.visits.policies import VISITORS
from training.internships.visits.workflow import Event, Notice, State
from training.kernel.db import db, hold
from training.kernel.i18n import LazyString, _l, format_moment
from training.kernel.policy import Actor, require
from training.kernel.workflow import Party
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import pass_on

MAKERS = frozenset(VISITORS)


def made_by(membership_ids: Collection[int]) -> Select[int, int]:
    """The visits still to be made or written down, as pairs with the memberships that make them."""
    return select(Visit.visitor_id, Visit.id).where(Visit.visitor_id.in_(membership_ids), Visit.state == State.PLANNED)


def make(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other makes all of these visits now; NotNow when they make another one at the time."""
    hold(taker.account)
    require(_why_not(giver, taker))
    query = select(Visit).where(Visit.visitor_id == giver.id, Visit.state == State.PLANNED).order_by(Visit.id)
    found = db.session.scalars(queries.with_people(query).execution_options(populate_existing=True)).unique().all()
    for visit in found:
        visit.visitor, visit.visitor_id = taker, taker.id
        record(actor, Event.HANDED_OVER, visit, placement=visit.placement_id, visitor=taker.id)
        mentor = visit.placement.mentor
        others = [Recipient(ACCOUNT, mentor.account_id, visit.employer_id)] if mentor is not None else []
        notify(Notice.HANDED_OVER, visit, to=[*reach(visit.placement.trainee), *others])
    pass_on(Party.TEACHER, kind="membership", giver=giver.id, taker=taker.id, about="visit")
    return len(found)


def _why_not(giver: Membership, taker: Membership) -> list[str | LazyString]:
    """Nobody is in two places at once: names the first time at which the colleague makes another visit."""
    passing, other = aliased(Visit), aliased(Visit)
    elsewhere = (other.employer_id != passing.employer_id) | (other.starts_at != passing.starts_at) | (other.ends_at != passing.ends_at)
    query = (
        select(passing.starts_at)
        .join(other, (other.starts_at < passing.ends_at) & (other.ends_at > passing.starts_at) & elsewhere)
        .join(Membership, Membership.id == other.visitor_id)
        .where(
            passing.visitor_id == giver.id,
            passing.state == State.PLANNED,
            other.state != State.CANCELLED,
            other.visitor_id != giver.id,
            Membership.account_id == taker.account_id,
        )
        .order_by(passing.starts_at)
        .limit(1)
    )
    clash = db.session.scalars(query).one_or_none()
    if clash is None:
        return []
    at = format_moment(clash, zone=giver.organisation.zone)
    return [_l("%(person)s makes another visit at the time of the one %(moment)s. Choose somebody else.", person=taker.name, moment=at)]
