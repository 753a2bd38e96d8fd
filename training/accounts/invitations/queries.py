"""Finding invitations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.accounts.invitations.models import Invitation
from training.accounts.invitations.policies import visible_to
from training.accounts.invitations.workflow import State
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Bearer


def invitation(actor: Actor, invitation_id: int) -> Invitation:
    """One invitation with its organisation."""
    found = db.session.scalars(
        visible_to(actor).where(Invitation.id == invitation_id).options(joinedload(Invitation.organisation))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def mine(actor: Actor) -> Invitation:
    """The invitation that a link was sent for."""
    if not isinstance(actor, Bearer):
        raise NotFound
    return invitation(actor, actor.subject_id)


def waiting(actor: Actor) -> Sequence[Invitation]:
    """The unanswered invitations of the actor's organisation, newest first."""
    return db.session.scalars(visible_to(actor).where(Invitation.state == State.SENT).order_by(Invitation.id.desc())).all()


def overdue() -> Sequence[Invitation]:
    """Unanswered invitations whose time is over."""
    query = select(Invitation).where(Invitation.state == State.SENT, Invitation.expires_at <= clock.now())
    return db.session.scalars(query.order_by(Invitation.id).limit(1000)).all()
