"""Finding accounts, sessions and links."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from training.accounts.models import Account, Link, Session
from training.accounts.policies import visible_to
from training.accounts.signing_in import SignedIn
from training.accounts.workflow import Purpose
from training.kernel import clock
from training.kernel.db import NotFound, db, rows
from training.kernel.keys import email_key, sort_key
from training.kernel.policy import Actor, Bearer, Learner, Member, Visitor

SIGNED_IN = (
    select(Account.id, Account.name, Account.language, Account.theme)
    .join(Session, Session.account_id == Account.id)
    .where(
        Session.token == bindparam("token"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("now"),
        Account.blocked_at.is_(None),
    )
)
"""Asked on every page of somebody who is signed in, so it is built once."""
_NAMES = select(Account.id, Account.name).where(Account.id.in_(bindparam("ids", expanding=True)))
"""Asked on every record's page, so it is built once."""


def digest(token: str) -> str:
    """How a token is stored."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def session(token: str, asked: Select[*tuple[Any, ...]] = SIGNED_IN) -> tuple[SignedIn, Sequence[Any]] | None:
    """Who is signed in by a cookie's token, while the session is open and the account not blocked: one statement.

    `asked` is SIGNED_IN with columns of the rooms above, whose values come second.
    """
    found = rows(asked, {"token": digest(token), "now": clock.now()}).one_or_none()
    if found is None:
        return None
    account_id, name, language, theme, *more = found
    return SignedIn(account_id, name, language, theme, token), more


def own(actor: Actor) -> Account:
    """The actor's own account; a link's account for its bearer."""
    if isinstance(actor, Member | Learner | Visitor | Bearer):
        found = db.session.scalars(visible_to(actor)).one_or_none()
        if found is not None:
            return found
    raise NotFound


def by_way_in(way_in: str) -> Account | None:
    """The account of an e-mail address or a login name."""
    column, key = (Account.email_key, email_key(way_in)) if "@" in way_in else (Account.login_name, sort_key(way_in))
    return db.session.scalars(select(Account).where(column == key)).one_or_none()


def logins(names: Collection[str]) -> set[str]:
    """Which of these login names there are."""
    return set(db.session.scalars(select(Account.login_name).where(Account.login_name.in_(names))))


def by_id(account_id: int) -> Account | None:
    """The account of an id, for the rooms above that hold the id."""
    return db.session.get(Account, account_id)


def open_sessions(account: Account) -> Sequence[Session]:
    """Where the account is signed in, newest first."""
    query = select(Session).where(Session.account_id == account.id, Session.ended_at.is_(None), Session.expires_at > clock.now())
    return db.session.scalars(query.order_by(Session.began_at.desc(), Session.id.desc())).all()


def by_token(token: str) -> Link | None:
    """The live link of a letter's token."""
    return _live(Link.token == digest(token))


def by_cookie(link_id: int, token: str) -> Link | None:
    """The live link of a cookie."""
    found = _live(Link.cookie == digest(token))
    return found if found is not None and found.id == link_id else None


def _live(condition: ColumnElement[bool]) -> Link | None:
    query = select(Link).where(condition, Link.expires_at > clock.now(), (Link.once.is_(False)) | (Link.used_at.is_(None)))
    return db.session.scalars(query).one_or_none()


def newest_link(purpose: Purpose, *subject_ids: int) -> Link | None:
    """The newest live link of a purpose for a subject, or for one of several; one made for a day only when there is no other."""
    query = select(Link).where(
        Link.purpose == purpose, Link.subject_id.in_(subject_ids), Link.expires_at > clock.now(), Link.used_at.is_(None)
    )
    return db.session.scalars(query.order_by(Link.expires_at.desc(), Link.id.desc()).limit(1)).one_or_none()


def names(ids: Collection[int]) -> dict[int, str]:
    """The names by id: one statement."""
    if not ids:
        return {}
    return {key: name for key, name in rows(_NAMES, {"ids": list(ids)})}  # noqa: C416 - dict() loses the types
