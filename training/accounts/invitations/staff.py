"""Teachers and administrators of a OneRoster bundle, as people who are invited: nobody has rights before they accept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from training.accounts.invitations import services
from training.accounts.invitations.models import Invitation
from training.accounts.invitations.workflow import State
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange.importers import Made, Part, Row, Undoing, Wrong
from training.kernel.db import among, db
from training.kernel.i18n import _l, language
from training.kernel.keys import email_key
from training.kernel.policy import Actor, Member, NotNow, Role
from training.organisations.models import Organisation

ROLES = {"teacher": Role.TEACHER, "administrator": Role.MANAGER}
"""What somebody is invited to, by what the bundle says they are."""


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Whoever is a member already, in whatever role, or is invited, is the same; without an address nobody is invited."""
    assert isinstance(actor, Member)
    addresses = [email_key(row.values["email"]) for row in rows if row.values["email"]]
    here = Membership.organisation_id == actor.organisation_id
    members = select(Account.email_key).join(Membership, Membership.account_id == Account.id).where(here, Membership.ended_on.is_(None))
    open_ones = select(Invitation.email_key).where(Invitation.organisation_id == actor.organisation_id, Invitation.state == State.SENT)
    known = {*db.session.scalars(members.where(among(Account.email_key, addresses)))}
    known |= {*db.session.scalars(open_ones.where(among(Invitation.email_key, addresses)))}
    for row in rows:
        if not row.values["email"]:
            row.wrong("email", _l("There is no e-mail address, so nobody can be invited. Add it, or invite the person by hand."))
        elif email_key(row.values["email"]) in known:
            row.same = True
        else:
            role = ROLES[row.values["role"]]
            row.remark(_l("A letter invites %(email)s as %(role)s.", email=row.values["email"], role=role.label))


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made | Wrong]:
    """Sends the invitations; one that cannot be sent is nobody else's trouble."""
    assert isinstance(actor, Member)
    organisation = db.session.get_one(Organisation, actor.organisation_id)
    return [_invite(actor, organisation, said) for said in rows]


def _invite(actor: Member, organisation: Organisation, said: Mapping[str, Any]) -> Made | Wrong:
    try:
        with db.session.begin_nested():
            sent = services.send(actor, organisation, email=said["email"], role=ROLES[said["role"]], language=language())
    except NotNow as refusal:
        return Wrong("email", " ".join(map(str, refusal.sentences)))
    return Made(sent.id, 1)


def now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Addresses of invitations by id; only one that was accepted has changed what there is."""
    query = select(Invitation.id, Invitation.email, Invitation.state).where(among(Invitation.id, ids))
    found = {key: (email, 2 if state is State.ACCEPTED else 1) for key, email, state in db.session.execute(query)}
    return dict.fromkeys(ids, ("–", 1)) | found


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Takes back the invitations that nobody has answered."""
    query = select(Invitation).where(among(Invitation.id, [one.id for one in made]), Invitation.state == State.SENT)
    for invitation in db.session.scalars(query.order_by(Invitation.id)).all():
        services.revoke(actor, invitation)


STAFF = Part(
    "staff", _l("Invitations of staff"), ("email",), check, apply, Undoing("invitation", now, withdraw), at_once=50, beforehand=False
)
