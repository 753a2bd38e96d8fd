"""The people of an organisation, as a list."""

from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy.orm import contains_eager

from training.accounts.memberships.models import Membership
from training.accounts.memberships.policies import can_list, visible_to
from training.accounts.models import Account
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import ROLES_OF, Actor, Member, Role


def rows(actor: Actor) -> Select[Membership]:
    """Who is a member now."""
    return visible_to(actor).join(Membership.account).where(Membership.ended_on.is_(None))


def word(text: str) -> Any:
    """A part of the name, however its letters are written: names of accounts have no folded key."""
    return or_(Account.name.icontains(text, autoescape=True), Account.name.contains(text.capitalize(), autoescape=True))


_ROLE = of_kind("role", _l("Role"), Membership.role, Role)

MEMBERS = Listing(
    name="members",
    title=_l("Members"),
    endpoint="accounts.memberships.listed",
    may=can_list,
    rows=rows,
    key=Membership.id,
    loads=(contains_eager(Membership.account),),
    words=_l("Name"),
    word=word,
    filters=(
        Filter(
            _ROLE.name,
            _ROLE.label,
            _ROLE.where,
            lambda actor, subject: [(role.value, role.label) for role in (ROLES_OF[actor.kind] if isinstance(actor, Member) else ())],
        ),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Account.name,)),
        Sort("since", _l("Since"), Order.DAY, (Membership.began_on,)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.account.name),
        OutColumn(_l("Role"), lambda row: row.role),
        OutColumn(_l("Since"), lambda row: row.began_on),
    ),
)
