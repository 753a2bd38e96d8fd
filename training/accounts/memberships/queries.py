"""Finding memberships: who acts as whom, and who is to be told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from training.accounts.memberships.models import Membership
from training.accounts.memberships.policies import visible_to
from training.accounts.models import Account
from training.kernel.db import NotFound, by_id, db, rows
from training.kernel.i18n import language
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role
from training.kernel.wiring import Person, Side
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.organisations.models import Organisation
from training.organisations.workflow import State

_REACH = (
    select(Membership.account_id)
    .where(
        Membership.organisation_id == bindparam("organisation"),
        Membership.role.in_(bindparam("roles", expanding=True)),
        Membership.ended_on.is_(None),
    )
    .distinct()
    .order_by(Membership.account_id)
)
"""Asked whenever an organisation is told something, so it is built once."""


IS_MEMBER = exists().where(Membership.account_id == Account.id, Membership.ended_on.is_(None))
"""As a column beside an account: whether it has a present membership anywhere."""


class Standing(NamedTuple):
    """A present membership as plain values."""

    membership_id: int
    account_id: int
    organisation_id: int
    slug: str
    name: str
    kind: OrganisationKind
    role: Role


@dataclass(frozen=True)
class Holding:
    """Who holds a record for an organisation: the memberships named for it, else whoever has one of the roles."""

    organisation: Organisation
    roles: Sequence[Role]
    named: Sequence[int] = ()


@cache
def _current(code: str) -> Select[int, int, int, str, str, OrganisationKind, Role]:
    """Asked on every page of somebody who is signed in, so it is built once for each language (it is in the names)."""
    return (
        select(
            Membership.id,
            Membership.account_id,
            Organisation.id,
            Organisation.slug,
            Organisation.short_name,
            Organisation.kind,
            Membership.role,
        )
        .join(Membership.organisation)
        .where(Membership.account_id == bindparam("account"), Membership.ended_on.is_(None), Organisation.state != State.CLOSED)
        .order_by(Organisation.name_key, Organisation.id, Membership.id)
    )


def current(account_id: int) -> Sequence[Standing]:
    """A person's present memberships in organisations that are not closed, by name of those: one statement."""
    return [Standing(*row) for row in rows(_current(language()), {"account": account_id})]


def member(standings: Iterable[Standing], slug: str) -> Member | None:
    """The actor that these memberships of one person make at the organisation of that address."""
    here = [one for one in standings if one.slug == slug]
    if not here:
        return None
    return Member(here[0].account_id, here[0].organisation_id, here[0].kind, frozenset(one.role for one in here))


def acting(account_id: int, organisation_id: int) -> Member | None:
    """The actor that a person is at an organisation now."""
    here = [one for one in current(account_id) if one.organisation_id == organisation_id]
    return member(here, here[0].slug) if here else None


def parties_of(actor: Actor, standings: Iterable[Standing] | None = None) -> list[tuple[str, int]]:
    """Everything that the actor answers for, as turns name it; `standings` spares a statement where they are known."""
    match actor:
        case Member(account_id=account, organisation_id=organisation):
            mine = current(account) if standings is None else standings
            return [
                ("organisation", organisation),
                *(("membership", one.membership_id) for one in mine if one.organisation_id == organisation),
            ]
        case Learner(trainee_id=me):
            return [("trainee", me)]
        case _:
            return []


def membership(actor: Actor, membership_id: int) -> Membership:
    """One membership with its person and organisation."""
    query = visible_to(actor).where(Membership.id == membership_id)
    found = db.session.scalars(query.options(joinedload(Membership.account), joinedload(Membership.organisation))).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Membership]:
    """Those memberships of the ids that the actor may see, as whole as one alone."""
    query = visible_to(actor).where(Membership.id.in_(ids))
    return by_id(query.options(joinedload(Membership.account), joinedload(Membership.organisation)))


def of_role(organisation_id: int, *roles: Role) -> Sequence[Membership]:
    """The present members of an organisation in one of the roles, with their accounts, by name."""
    query = (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(roles), Membership.ended_on.is_(None))
    )
    return db.session.scalars(query.order_by(Account.name, Membership.id)).all()


def count_leaders(organisation_id: int, role: Role) -> int:
    """How many people hold the leading role."""
    query = select(func.count()).where(
        Membership.organisation_id == organisation_id, Membership.role == role, Membership.ended_on.is_(None)
    )
    return db.session.scalar(query) or 0


def reach(organisation_id: int, *roles: Role) -> list[Recipient]:
    """The people of an organisation who are to be told, each once."""
    found = rows(_REACH, {"organisation": organisation_id, "roles": roles}).scalars()
    return [Recipient("account", account, organisation_id) for account in found]


@cache
def _holders(holdings: int) -> Select[int, int, int, str]:
    """Whoever may hold a record for so many organisations; asked on every page with a thread, so it is built once."""
    theirs = [
        and_(
            Membership.organisation_id == bindparam(f"organisation_{n}"),
            or_(
                Membership.role.in_(bindparam(f"roles_{n}", expanding=True)),
                Membership.id.in_(bindparam(f"named_{n}", expanding=True)),
            ),
        )
        for n in range(holdings)
    ]
    return (
        select(Membership.id, Membership.organisation_id, Account.id, Account.name)
        .join(Membership.account)
        .where(or_(*theirs), Membership.ended_on.is_(None), Account.blocked_at.is_(None))
        .order_by(Account.name, Membership.id)
    )


def sides(*holdings: Holding) -> list[Side]:
    """The organisations' sides of a record: those named for it hold it, and where nobody is, those whose roles answer for it; one statement."""
    if not holdings:
        return []
    asked: dict[str, Any] = {}
    for n, one in enumerate(holdings):
        asked |= {f"organisation_{n}": one.organisation.id, f"roles_{n}": list(one.roles), f"named_{n}": list(one.named)}
    held = rows(_holders(len(holdings)), asked).all()
    found = []
    for one in holdings:
        there = [row for row in held if row[1] == one.organisation.id]
        holders = [row for row in there if row[0] in one.named] or there
        people = {account: Person(account, name, organisation) for _key, organisation, account, name in holders}
        found.append(Side(Party(one.organisation.kind.value), one.organisation.short_name, one.organisation.id, list(people.values())))
    return found


def colleagues(organisation_id: int) -> list[Person]:
    """The present members of an organisation, each once, by name: one statement."""
    query = (
        select(Account.id, Account.name)
        .where(
            Account.id.in_(
                select(Membership.account_id).where(Membership.organisation_id == organisation_id, Membership.ended_on.is_(None))
            ),
            Account.blocked_at.is_(None),
        )
        .order_by(Account.name, Account.id)
    )
    return [Person(account, name, organisation_id) for account, name in db.session.execute(query)]


def manager_of(slug: str) -> Member | None:
    """A leader of the organisation of that address, for commands that act for it."""
    query = (
        select(Membership)
        .join(Membership.organisation)
        .where(
            Organisation.slug == slug, Membership.ended_on.is_(None), Membership.role.in_([Role.MANAGER, Role.COORDINATOR, Role.OPERATOR])
        )
        .order_by(Membership.id)
        .limit(1)
    )
    found = db.session.scalars(query).one_or_none()
    return acting(found.account_id, found.organisation_id) if found else None


def persona(kind: OrganisationKind, role: Role) -> Account | None:
    """The first person who holds a role in an organisation of a kind (for the demonstration's sign-in page)."""
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .join(Organisation)
        .where(Organisation.kind == kind, Membership.role == role, Membership.ended_on.is_(None))
    )
    return db.session.scalars(query.order_by(Membership.id).limit(1)).one_or_none()
