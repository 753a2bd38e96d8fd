"""Taking people into an organisation, and seeing them off."""

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships import policies, queries
from training.accounts.memberships.models import Membership
from training.accounts.memberships.workflow import Event
from training.accounts.models import Account
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, OrganisationKind, Role, System, Visitor, authorise, require
from training.notices.services import notify
from training.organisations import services as organisations
from training.organisations.models import Organisation
from training.organisations.workflow import Notice


@transaction()
def give(actor: Actor, organisation: Organisation, *, account: Account, role: Role) -> Membership:
    """Gives a person a role in an organisation."""
    authorise(policies.can_give, actor, organisation)
    return _give(actor, organisation, account, role)


@transaction()
def found(
    actor: Visitor, account: Account, *, kind: OrganisationKind, legal_name: str, short_name: str, town: str, address: str
) -> Organisation:
    """Registers an organisation; whoever does so leads it, and it waits for the authority."""
    organisation = organisations.found(actor, kind=kind, legal_name=legal_name, short_name=short_name, town=town, address=address)
    _give(actor, organisation, account, policies.leading(kind))
    return organisation


@transaction()
def end(actor: Actor, membership: Membership) -> None:
    """Ends a membership from today; the last leader cannot go."""
    authorise(policies.can_end, actor, membership)
    hold(membership.organisation)
    require(policies.why_not_end(membership, leaders=queries.count_leaders(membership.organisation_id, membership.role)))
    membership.ended_on = clock.today(membership.organisation.zone)
    record(actor, Event.ENDED, membership, organisation=membership.organisation_id, role=membership.role)


def take_in(organisation: Organisation, account: Account, role: Role) -> Membership:
    """Gives the role that an accepted invitation promised, inside its transaction."""
    return _give(System("invitation"), organisation, account, role)


def _give(actor: Actor, organisation: Organisation, account: Account, role: Role) -> Membership:
    require(policies.why_not_give(organisation, role))
    membership = Membership(account=account, organisation=organisation, role=role, began_on=clock.today(organisation.zone))
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError:
        raise NotNow(_l("%(person)s has this role already.", person=account.name)) from None
    record(actor, Event.GIVEN, membership, organisation=organisation.id, role=role)
    return membership


@transaction()
def tell(organisation_id: int, notice: Notice) -> None:
    """Tells those who lead an organisation what was decided about it."""
    organisation = db.session.get_one(Organisation, organisation_id)
    notify(notice, organisation, to=queries.reach(organisation.id, policies.leading(organisation.kind)))
