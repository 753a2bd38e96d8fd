"""What members answer for by name, as the nouns that know have wired it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import contains_eager

from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.kernel.db import db, hold
from training.kernel.policy import Actor
from training.kernel.wiring import Charge, wired

SHOWN = 50
"""Records of one charge that a page names."""


@dataclass(frozen=True)
class Holding:
    """How many records of one charge a member answers for."""

    name: str
    charge: Charge
    number: int

    def fits(self, membership: Membership) -> bool:
        """Whether the member's role allows to take it over."""
        return membership.role in self.charge.roles


def each(membership_ids: Collection[int]) -> Mapping[int, Sequence[Holding]]:
    """What each of these memberships holds, without those that hold nothing: one statement."""
    charges = wired().charges
    if not membership_ids:
        return {}
    parts = []
    for name, charge in charges.items():
        pairs = charge.held(membership_ids).subquery()
        by, number = pairs.c[0], func.count()
        parts.append(select(by.label("by"), literal(name).label("name"), number.label("number")).select_from(pairs).group_by(by))
    found: dict[int, list[Holding]] = defaultdict(list)
    for by, name, number in db.session.execute(union_all(*parts).order_by("by", "name")):
        found[by].append(Holding(name, charges[name], number))
    return found


def keep(*memberships: Membership) -> None:
    """Whoever is named for something now does not leave meanwhile: locks the memberships and reads again whether they have ended."""
    hold(*memberships)
    for one in memberships:
        db.session.refresh(one, ["ended_on"])


def of(membership_id: int) -> Sequence[Holding]:
    """What one membership holds: one statement."""
    return each([membership_id]).get(membership_id, [])


def records(actor: Actor, membership: Membership, holding: Holding) -> Sequence[tuple[str, str]]:
    """Title and address of the first of the records, as far as the actor may see them: two statements."""
    pairs = holding.charge.held([membership.id]).subquery()
    ids = db.session.scalars(select(pairs.c[1]).order_by(pairs.c[1]).limit(SHOWN)).all()
    kind = wired().kinds[holding.charge.kind]
    seen: Mapping[int, Any] = kind.seen(actor, ids)
    return [(kind.title(seen[key]), kind.url(actor, seen[key])) for key in ids if key in seen]


def takers(membership: Membership, held: Sequence[Holding]) -> Sequence[Membership]:
    """The other present memberships of the organisation that may take some of it over, with their accounts, by name."""
    roles = {role for one in held for role in one.charge.roles}
    query = (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.role.in_(roles),
            Membership.ended_on.is_(None),
            Membership.id != membership.id,
            Account.blocked_at.is_(None),
        )
    )
    return db.session.scalars(query.order_by(Account.name, Membership.id)).all()
