"""How placements pass from one who answers for them to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.internships.placements import queries
from training.internships.placements.models import Placement
from training.internships.placements.services import to_mentor
from training.internships.placements.workflow import LIVE, Event, Notice
from training.kernel.db import db
from training.kernel.policy import Actor, Role
from training.kernel.workflow import Party
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import pass_on

SUPERVISORS = frozenset({Role.TEACHER, Role.PLACEMENT_OFFICER})
OFFICE = frozenset({Role.MANAGER, Role.PLACEMENT_OFFICER})
"""Who answers for internships at a school that nobody looks after by name."""


def supervised(membership_ids: Collection[int]) -> Select[int, int]:
    """The placements that somebody at the school looks after now, as pairs with their memberships."""
    mine = Placement.supervisor_id.in_(membership_ids)
    return select(Placement.supervisor_id, Placement.id).where(mine, Placement.state.in_(LIVE))  # type: ignore[return-value]  # none is empty


def supervise(actor: Actor, giver: Membership, taker: Membership) -> int:
    """All internships that somebody at the school looks after are the other's now."""
    found = fresh(supervised([giver.id]))
    for placement in found:
        placement.supervisor = taker
        record(actor, Event.HANDED_OVER, placement, supervisor=taker.id)
        notify(Notice.HANDED_OVER, placement, to=[*reach(placement.trainee), *to_mentor(placement)], party=Party.TEACHER)
    pass_on(Party.TEACHER, kind="membership", giver=giver.id, taker=taker.id, about="placement")
    return len(found)


def unsupervise(actor: Actor, giver: Membership) -> int:
    """Nobody at the school looks after these internships by name any more: its managers and placement officers do."""
    found = fresh(supervised([giver.id]))
    for placement in found:
        placement.supervisor = None
        record(actor, Event.UNSUPERVISED, placement)
        notify(Notice.UNSUPERVISED, placement, to=[*reach(placement.trainee), *to_mentor(placement)])
    return len(found)


def fresh(pairs: Select[int, int]) -> Sequence[Placement]:
    """The placements of such pairs as they are now: whoever changes one meanwhile is told, by its version."""
    keys = pairs.subquery().c[1]
    query = queries.with_people(select(Placement).where(Placement.id.in_(select(keys)))).order_by(Placement.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().all()
