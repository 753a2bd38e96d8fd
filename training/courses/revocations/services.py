"""Proposing that a credential be revoked, and deciding it."""

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import CONFIRMERS, why_not_propose_alone
from training.courses.credentials.services import revoke
from training.courses.revocations import policies, queries
from training.courses.revocations.models import Revocation
from training.courses.revocations.workflow import LIFECYCLE, Event, Notice
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.policy import Actor, Member, authorise, require
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.turns.services import begin, move


@transaction()
def propose(actor: Member, credential: Credential, *, reason: str) -> Revocation:
    """Proposes that a credential be revoked; it stays valid until a second person confirms."""
    authorise(policies.can_propose, actor, credential)
    others = [one for one in reach(credential.school_id, *CONFIRMERS) if one.id != actor.account_id]
    require([*policies.why_not_propose(credential, waiting=queries.waiting(credential.id)), *why_not_propose_alone(len(others))])
    revocation = Revocation(
        school_id=credential.school_id,
        credential_id=credential.id,
        reason=reason,
        proposed_by_id=actor.account_id,
        proposed_at=clock.now(),
    )
    db.session.add(revocation)
    begin(actor, LIFECYCLE, revocation)
    record(actor, Event.PROPOSED, revocation, detail={"reason": reason}, credential=credential.id)
    notify(Notice.PROPOSED, revocation, to=others)
    return revocation


@transaction()
def confirm(actor: Member, revocation: Revocation) -> None:
    """A second person confirms: the credential is revoked from now on, and its holder is told why."""
    authorise(policies.can_confirm, actor, revocation)
    require(policies.why_not_confirm(revocation, actor))
    revocation.confirmed_by_id = actor.account_id
    move(actor, LIFECYCLE, "confirm", revocation)
    record(actor, Event.CONFIRMED, revocation, credential=revocation.credential_id)
    credential = db.session.get_one(Credential, revocation.credential_id)
    reread(db.session, credential)
    revoke(actor, credential, reason=revocation.reason)


@transaction()
def turn_down(actor: Actor, revocation: Revocation, *, reason: str) -> None:
    """A second person does not confirm: the credential stays valid."""
    authorise(policies.can_turn_down, actor, revocation)
    revocation.answer = reason
    move(actor, LIFECYCLE, "turn_down", revocation, reason=reason)
    record(actor, Event.TURNED_DOWN, revocation, detail={"reason": reason}, credential=revocation.credential_id)
    if isinstance(actor, Member) and actor.account_id != revocation.proposed_by_id:
        notify(Notice.TURNED_DOWN, revocation, to=[Recipient(ACCOUNT, revocation.proposed_by_id, revocation.school_id)])


@transaction()
def take_back(actor: Actor, revocation: Revocation) -> None:
    """Whoever proposed takes it back before anybody has confirmed it."""
    authorise(policies.can_take_back, actor, revocation)
    move(actor, LIFECYCLE, "take_back", revocation)
    record(actor, Event.TAKEN_BACK, revocation, credential=revocation.credential_id)
