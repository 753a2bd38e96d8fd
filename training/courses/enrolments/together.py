"""People who enter all or none: called together, seated when every one of them has said yes, back in the queue when one does not come along."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.audit.services import record
from training.courses.enrolments import seats
from training.courses.enrolments.models import Enrolment, EnrolmentBond
from training.courses.enrolments.workflow import LIFECYCLE, Event, Notice, State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System
from training.kernel.workflow import Party
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import answered, move


def bond_now(bond_id: int) -> EnrolmentBond:
    """A bond as it is now, locked: whoever answers or leaves does so one after another."""
    return db.session.get_one(EnrolmentBond, bond_id, populate_existing=True, with_for_update=True)


def people(bond_id: int) -> Sequence[Enrolment]:
    """Those of a bond who wait or are called, first come first, with their trainees; as they are now, locked."""
    query = select(Enrolment).where(Enrolment.bond_id == bond_id, Enrolment.state.in_((State.WAITLISTED, State.OFFERED)))
    locked = query.options(joinedload(Enrolment.trainee)).order_by(Enrolment.applied_at, Enrolment.id)
    locked = locked.with_for_update(of=Enrolment, key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).all()


def called_with(enrolment: Enrolment) -> Sequence[Enrolment]:
    """Who is called with somebody from the queue: the whole team, or the one person; nobody when the team has just lost somebody."""
    if enrolment.bond_id is None:
        return [enrolment]
    return people(enrolment.bond_id) if bond_now(enrolment.bond_id).waits else []


def agree(actor: Actor, enrolment: Enrolment) -> Sequence[Enrolment]:
    """Somebody who is called says yes, inside the running transaction; returns who takes their seats now: one alone, the whole team, or nobody yet."""
    if enrolment.bond_id is None or not LIFECYCLE.can("claim", enrolment.state):
        return [enrolment]
    bond_now(enrolment.bond_id)
    if enrolment.agreed_at is not None:
        raise NotNow(_l("You have said yes already. The seats are yours when all of your team have."))
    enrolment.agreed_at = clock.now()
    answered(enrolment, Party.TRAINEE)
    record(actor, Event.AGREED, enrolment)
    db.session.flush()  # the answers of all are read from the table
    return [] if _unanswered(enrolment.bond_id) else people(enrolment.bond_id)


def _unanswered(bond_id: int) -> bool:
    """Whether somebody who is called has not said yes; their rows are not locked, because they may be waiting for the bond that we hold."""
    query = select(Enrolment.id).where(Enrolment.bond_id == bond_id, Enrolment.state == State.OFFERED, Enrolment.agreed_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def loosen(enrolment: Enrolment, *, lapsing: bool, tell: bool) -> int:
    """Somebody left before the team had entered, inside the running transaction: the others keep their places in the queue, and lose what was held for them.

    They are called again when one of them says so. Others whose time is over too (`lapsing`) are left to whoever ends it. Returns
    the pool whose seats became free; it stays locked, for whoever promotes next.
    """
    assert enrolment.bond_id is not None, "only those who wait together"
    clockwork = System("enrolments.loosen")
    bond = bond_now(enrolment.bond_id)
    told, bond.waits = not bond.waits, False
    db.session.flush()  # whoever left is told by what stands in the tables
    others = people(bond.id)
    freed = 0
    for one in others:
        if one.state is State.OFFERED:
            if lapsing and one.agreed_at is None:
                continue
            move(clockwork, LIFECYCLE, "step_back", one)
            one.pool_id = one.claim_until_at = one.agreed_at = None
            freed += 1
        elif told:
            continue
        if tell:
            record(clockwork, Event.STEPPED_BACK, one)
            notify(Notice.STEPPED_BACK, one, to=reach(one.trainee))
    seats.scatter(bond.pool_id)
    if freed:
        seats.free_several(bond.pool_id, freed)
    db.session.flush()  # whoever is next is found by what stands in the tables
    return bond.pool_id


def silent_with(enrolment: Enrolment) -> Sequence[Enrolment]:
    """The others of a team who have not answered either, when the time of one is over."""
    if enrolment.bond_id is None:
        return []
    return [one for one in people(enrolment.bond_id) if one is not enrolment and one.state is State.OFFERED and one.agreed_at is None]
