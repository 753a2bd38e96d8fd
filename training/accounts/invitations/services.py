"""Inviting people and what comes of it."""

from sqlalchemy.exc import IntegrityError

from training.accounts import queries as accounts
from training.accounts import services as links
from training.accounts.invitations import policies, queries
from training.accounts.invitations.models import Invitation
from training.accounts.invitations.workflow import LIFECYCLE, Event, Notice
from training.accounts.memberships.services import take_in
from training.accounts.models import Account
from training.accounts.workflow import Purpose
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.keys import email_key
from training.kernel.policy import Actor, Member, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.turns.services import move


@transaction()
def send(actor: Member, organisation: Organisation, *, email: str, role: Role, language: str) -> Invitation:
    """Invites an address to a role; the letter holds a link that works once."""
    authorise(policies.can_send, actor, organisation)
    require(policies.why_not_send(organisation, role))
    invitation = Invitation(
        organisation=organisation,
        email=email,
        email_key=email_key(email),
        role=role,
        language=language,
        invited_by_id=actor.account_id,
        expires_at=clock.now() + links.LIVES[Purpose.INVITATION],
    )
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
    except IntegrityError:
        raise NotNow(_l("%(email)s has been invited to this role already.", email=email), field="email") from None
    links.link(Purpose.INVITATION, invitation.id, once=True)
    record(actor, Event.SENT, invitation, organisation=organisation.id, role=role)
    notify(Notice.SENT, invitation, to=[Recipient("invitation", invitation.id)])
    return invitation


@transaction()
def accept(actor: Actor, invitation: Invitation, *, name: str | None = None, password: str | None = None, language: str = "en") -> Account:
    """The invited person joins, with the account of that address or a new one (then `password` is its hash)."""
    authorise(policies.can_accept, actor, invitation)
    account = accounts.by_way_in(invitation.email)
    if account is None:
        if not name or not password:
            raise NotNow(_l("Your name and a password are needed for the new account."))
        account = links.create(System("invitation"), name=name, email=invitation.email, password=password, language=language)
    account.confirmed_at = account.confirmed_at or clock.now()
    links.use(actor)
    move(actor, LIFECYCLE, "accept", invitation)
    take_in(invitation.organisation, account, invitation.role)
    record(actor, Event.ACCEPTED, invitation, account=account.id)
    notify(Notice.ACCEPTED, invitation, to=[Recipient("account", invitation.invited_by_id, invitation.organisation_id)])
    return account


@transaction()
def revoke(actor: Actor, invitation: Invitation) -> None:
    """Takes an invitation back; its link stops working."""
    authorise(policies.can_revoke, actor, invitation)
    move(actor, LIFECYCLE, "revoke", invitation)
    record(actor, Event.REVOKED, invitation)


@transaction()
def lapse(actor: System) -> int:
    """Ends invitations that nobody answered in time; returns how many."""
    over = queries.overdue()
    for invitation in over:
        move(actor, LIFECYCLE, "lapse", invitation)
        record(actor, Event.LAPSED, invitation)
    return len(over)
