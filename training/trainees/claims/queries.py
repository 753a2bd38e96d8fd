"""Finding claims, and the people of a roster who have no account yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Bearer
from training.trainees.claims.models import Claim
from training.trainees.claims.policies import roster, visible_to
from training.trainees.claims.workflow import State
from training.trainees.profiles.models import Trainee

OPEN = and_(Claim.trainee_id == Trainee.id, Claim.state == State.SENT)
"""By what somebody of a roster is joined to the invitation that waits for an answer."""


@dataclass(frozen=True)
class Counts:
    """How many people of a roster have no account: those who can be invited, those who are, those without an address."""

    ready: int
    invited: int
    without_email: int


def claim(actor: Actor, claim_id: int) -> Claim:
    """One claim with its trainee and school."""
    query = visible_to(actor).where(Claim.id == claim_id).options(joinedload(Claim.trainee), joinedload(Claim.school))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def mine(actor: Actor) -> Claim:
    """The claim that a link was sent for."""
    if not isinstance(actor, Bearer):
        raise NotFound
    return claim(actor, actor.subject_id)


def person(actor: Actor, trainee_id: int) -> Trainee:
    """Somebody of the actor's roster who has no account yet, with the school."""
    found = db.session.scalars(roster(actor).where(Trainee.id == trainee_id).options(joinedload(Trainee.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def counts(actor: Actor) -> Counts:
    """How many there are of each: one statement."""
    query = roster(actor).outerjoin(Claim, OPEN)
    invited, addressed = Claim.id.is_not(None), Trainee.email.is_not(None)
    numbers = query.with_only_columns(
        func.count().filter(addressed, ~invited), func.count().filter(invited), func.count().filter(~addressed, ~invited)
    )
    return Counts(*db.session.execute(numbers).one())


def ready(actor: Actor, limit: int) -> Sequence[Trainee]:
    """The people of the actor's roster who can be invited, by key."""
    open_claims = select(Claim.trainee_id).where(Claim.state == State.SENT)
    query = roster(actor).where(Trainee.email.is_not(None), Trainee.id.not_in(open_claims))
    return db.session.scalars(query.order_by(Trainee.id).limit(limit)).all()


def open_of(trainee_id: int) -> Claim | None:
    """The invitation of somebody that waits for an answer."""
    return db.session.scalars(select(Claim).where(Claim.trainee_id == trainee_id, Claim.state == State.SENT)).one_or_none()


def of_ids(ids: Collection[int]) -> Sequence[Claim]:
    """The claims of these keys, by key."""
    return db.session.scalars(select(Claim).where(Claim.id.in_(ids)).order_by(Claim.id)).all()


def overdue() -> Sequence[Claim]:
    """Unanswered claims whose time is over."""
    query = select(Claim).where(Claim.state == State.SENT, Claim.expires_at <= clock.now())
    return db.session.scalars(query.order_by(Claim.id).limit(1000)).all()
