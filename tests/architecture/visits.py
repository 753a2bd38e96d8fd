"""Everybody's ways to every page, with a record that each of them may see: strangers and holders of links too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tests.architecture.test_matrix import World, actors, address, arguments, at, expected
from tests.factories import session_token
from training.accounts.invitations.models import Invitation
from training.accounts.models import Account
from training.accounts.services import exchange, link
from training.accounts.workflow import Purpose
from training.internships.agreements.models import Agreement
from training.kernel.db import Record, db, transaction
from training.kernel.pages import Door, Page, registered
from training.kernel.policy import Actor, Bearer, Member, System, Visitor
from training.trainees.claims.models import Claim
from training.trainees.consents.models import Consent

OPENED_BY: dict[Purpose, type[Record]] = {
    Purpose.CONFIRM: Account,
    Purpose.RESET: Account,
    Purpose.INVITATION: Invitation,
    Purpose.CONSENT: Consent,
    Purpose.SIGNING: Agreement,
    Purpose.CLAIM: Claim,
}


@dataclass(frozen=True)
class Visit:
    """A page that somebody may open: where, as whom, and with which cookies."""

    page: Page
    door: Door
    who: str
    side: str
    url: str
    cookies: tuple[tuple[str, str], ...]
    actor: Actor
    args: tuple[tuple[str, Any], ...]


def visits(world: World, *, everybody: bool) -> Iterator[Visit]:
    """The pages by door and person, each with a record that the person may see; of people of one side the first, unless everybody."""
    people = [(name, account, actor, slug, (("_user_id", session_token(account)),)) for name, account, actor, slug in actors(world)]
    holders = bearers()
    for _name, page in sorted(registered(world.app).items()):
        wanted = arguments(page)
        seen: set[tuple[Door, str]] = set()
        for door in page.doors:
            found: Sequence[tuple[str, Actor, str | None, tuple[tuple[str, str], ...]]]
            if door is Door.BEARER:
                found = [(f"{actor.purpose} link", actor, str(actor.link_id), (("link", cookie),)) for actor, cookie in holders]
            elif door is Door.ACCOUNT:
                found = [(name, Visitor(account.id), slug, cookies) for name, account, _actor, slug, cookies in people]
            else:
                found = [
                    (name, acting, slug, cookies) for name, _a, actor, slug, cookies in people if (acting := at(door, actor)) is not None
                ]
                found += [("a stranger", Visitor(None), None, ())] if door is Door.PUBLIC else []
            for name, acting, slug, cookies in found:
                side = side_of(name, acting)
                for args in wanted:
                    if (door, side) in seen and not everybody:
                        break
                    if expected(page, acting, args)[0] == 200:
                        seen.add((door, side))
                        url = address(page, door, slug, args).replace("<link>", slug or "")
                        yield Visit(page, door, name, side, url, cookies, acting, tuple(args.items()))
                        break
    db.session.rollback()


def side_of(name: str, actor: Actor) -> str:
    """Those who see alike: a kind of organisation, trainees, strangers, holders of a link."""
    return str(actor.kind) if isinstance(actor, Member) else name if isinstance(actor, Bearer) else str(type(actor))


def bearers() -> list[tuple[Bearer, str]]:
    """Holders of links of every purpose that has something to open."""
    found = []
    for purpose, kind in OPENED_BY.items():
        for key in db.session.scalars(select(kind.id).order_by(kind.id.desc()).limit(3)).all():
            made = opened(System("tests"), purpose, key)
            found.append((Bearer(made[0], purpose.value, key), made[1]))
    return found


@transaction()
def opened(actor: System, purpose: Purpose, key: int) -> tuple[int, str]:
    """A link that was followed, and its cookie."""
    new = link(purpose, key, once=False)
    return new.id, exchange(Visitor(None), new)
