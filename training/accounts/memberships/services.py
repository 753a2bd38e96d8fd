"""Taking people into an organisation, and seeing them off."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships import holdings, policies, queries
from training.accounts.memberships.holdings import Holding
from training.accounts.memberships.models import Membership
from training.accounts.memberships.workflow import Event, Notice
from training.accounts.models import Account
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, OrganisationKind, Role, System, Visitor, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations import services as organisations
from training.organisations.models import Organisation
from training.organisations.workflow import Notice as OrganisationNotice


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
    leaders = queries.count_leaders(membership.organisation_id, membership.role)
    held = sum(one.number for one in holdings.of(membership.id))
    require(policies.why_not_end(membership, leaders=leaders, held=held))
    membership.ended_on = clock.today(membership.organisation.zone)
    record(actor, Event.ENDED, membership, organisation=membership.organisation_id, role=membership.role)


@transaction()
def hand_over(actor: Actor, membership: Membership, *, passing: Mapping[str, Membership | None]) -> list[tuple[Membership | None, int]]:
    """What the member answers for is with these colleagues from now on, by kind of charge; with nobody by name where that is said.

    Whoever gives and whoever takes is told. Returns how many records each took.
    """
    authorise(policies.can_hand_over, actor, membership)
    takers = list(dict.fromkeys(passing.values()))
    holdings.keep(*(to for to in takers if to is not None))
    held = [one for one in holdings.of(membership.id) if one.name in passing]
    require(policies.why_not_hand_over(membership, passing=[(one.charge, passing[one.name]) for one in held]))
    taken = []
    for to in takers:
        mine = [one for one in held if passing[one.name] is to]
        if mine:
            taken.append((to, _leave(actor, membership, mine) if to is None else _pass_on(actor, membership, mine, to)))
    return taken


def _pass_on(actor: Actor, membership: Membership, held: Sequence[Holding], to: Membership) -> int:
    passed: dict[str, Any] = {one.name: one.charge.pass_on(actor, membership, to) for one in held}
    number: int = sum(passed.values())
    record(actor, Event.HANDED_OVER, membership, taker=to.id, **passed)
    record(actor, Event.TAKEN_OVER, to, giver=membership.id, **passed)
    notify(Notice.HANDED_OVER, to, to=_person(membership), number=number)
    notify(Notice.TAKEN_OVER, membership, to=_person(to), number=number)
    return number


def _leave(actor: Actor, membership: Membership, held: Sequence[Holding]) -> int:
    """Those kinds have nobody by name from now on; those who answer for them by their role are told."""
    ways = [(one.name, one.charge.unnamed) for one in held if one.charge.unnamed is not None]
    passed: dict[str, Any] = {name: unnamed.leave(actor, membership) for name, unnamed in ways}
    number: int = sum(passed.values())
    roles = frozenset[Role]().union(*(unnamed.roles for _name, unnamed in ways))
    record(actor, Event.LEFT_UNNAMED, membership, **passed)
    notify(Notice.LEFT_UNNAMED, membership, to=[*_person(membership), *queries.reach(membership.organisation_id, *roles)], number=number)
    return number


def _person(membership: Membership) -> list[Recipient]:
    return [Recipient("account", membership.account_id, membership.organisation_id)]


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
def tell(organisation_id: int, notice: OrganisationNotice) -> None:
    """Tells those who lead an organisation what was decided about it."""
    organisation = db.session.get_one(Organisation, organisation_id)
    notify(notice, organisation, to=queries.reach(organisation.id, policies.leading(organisation.kind)))
