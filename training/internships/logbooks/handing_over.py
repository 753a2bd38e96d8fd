"""How a mentor's trainees pass to a colleague, with the days that wait to be countersigned; memberships call it inside their transaction."""

from collections.abc import Collection

from sqlalchemy import Select, exists, or_, select

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import State
from training.internships.placements.handing_over import fresh
from training.internships.placements.models import Placement
from training.internships.placements.queries import limit_of
from training.internships.placements.services import leave_mentor, take_mentor
from training.internships.placements.workflow import TAKEN, Event, Notice
from training.kernel.policy import Actor, Role
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import pass_on

MENTORS = frozenset({Role.MENTOR})


def mentored(membership_ids: Collection[int]) -> Select[int, int]:
    """The placements that mentors look after now, or whose days still wait for them, as pairs with their memberships."""
    waits = exists().where(LogbookEntry.placement_id == Placement.id, LogbookEntry.state == State.SUBMITTED)
    mine = (Placement.mentor_id.in_(membership_ids), or_(Placement.state.in_(TAKEN), waits))
    return select(Placement.mentor_id, Placement.id).where(*mine)  # type: ignore[return-value]  # none is empty


def mentor(actor: Actor, giver: Membership, taker: Membership) -> int:
    """All trainees of a mentor are the other's now, with the days that wait to be countersigned; NotNow when they are too many."""
    found = fresh(mentored([giver.id]))
    taken = [one for one in found if one.state in TAKEN]
    if taken:
        leave_mentor(giver.id, trainees=len(taken))
        take_mentor(taker, most=min(map(limit_of, taken)), trainees=len(taken))
    for placement in found:
        placement.mentor = taker
        record(actor, Event.HANDED_OVER, placement, mentor=taker.id)
        others = [Recipient("account", placement.supervisor.account_id, placement.school_id)] if placement.supervisor is not None else []
        notify(Notice.HANDED_OVER, placement, to=[*reach(placement.trainee), *others], party=Party.MENTOR)
    pass_on(Party.MENTOR, kind="membership", giver=giver.id, taker=taker.id)
    return len(found)
