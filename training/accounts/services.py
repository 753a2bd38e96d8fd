"""Signing up, in and out; passwords, sessions and links."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, update

from training.accounts import policies, queries
from training.accounts.models import Account, Link, Session
from training.accounts.workflow import Event, Notice, Purpose
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.keys import email_key, sort_key
from training.kernel.policy import Actor, NotNow, System, Visitor, authorise
from training.notices.models import Recipient
from training.notices.services import notify

STAY = timedelta(days=14)
"""How long a session lasts."""
LIVES = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.RESET: timedelta(hours=2),
    Purpose.INVITATION: timedelta(days=14),
    Purpose.CONSENT: timedelta(days=60),
    Purpose.SIGNING: timedelta(days=30),
    Purpose.CLAIM: timedelta(days=30),
    Purpose.CARD: timedelta(days=30),
}
"""How long a link of each purpose works."""


@transaction()
def sign_up(actor: Actor, *, name: str, email: str, password: str, language: str) -> None:
    """A new account, to be confirmed by letter; a known address gets a letter that says so, and the caller cannot tell which.

    `password` is already hashed (hashing takes time and is no part of a transaction).
    """
    known = queries.by_way_in(email)
    if known is not None:
        notify(Notice.KNOWN, known, to=[Recipient("account", known.id)])
        return
    account = Account(name=name, email=email, email_key=email_key(email), password=password, language=language)
    db.session.add(account)
    record(actor, Event.SIGNED_UP, account)
    link(Purpose.CONFIRM, account.id, once=True)
    notify(Notice.CONFIRM, account, to=[Recipient("confirm", account.id)])


@transaction()
def create(
    actor: System, *, name: str, email: str | None = None, login_name: str | None = None, password: str | None = None, language: str = "en"
) -> Account:
    """An account whose owner is known already: the demonstration's people, and those a school hands a card."""
    account = Account(
        name=name,
        email=email,
        email_key=email_key(email) if email else None,
        login_name=sort_key(login_name) if login_name else None,
        password=password,
        language=language,
        confirmed_at=clock.now(),
    )
    db.session.add(account)
    record(actor, Event.SIGNED_UP, account)
    return account


@transaction()
def give_login(actor: System, account: Account, *, login_name: str) -> None:
    """A login name beside the e-mail address, or instead of one."""
    account.login_name = sort_key(login_name)
    record(actor, Event.LOGIN_GIVEN, account)


@transaction()
def confirm(actor: Actor, account: Account) -> None:
    """The address belongs to whoever signed up."""
    authorise(policies.can_confirm, actor, account)
    account.confirmed_at = account.confirmed_at or clock.now()
    use(actor)
    record(actor, Event.CONFIRMED, account)


@transaction()
def sign_in(actor: Visitor, account: Account, *, device: str) -> str:
    """Begins a session and returns the token for its cookie; the password has been checked before."""
    if account.blocked_at is not None or account.confirmed_at is None:
        raise NotNow(
            _l("This account is not confirmed yet. Open the link in the letter we sent, or ask for a new password to get another.")
        )
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(Session(account_id=account.id, token=queries.digest(token), device=device[:200], began_at=now, expires_at=now + STAY))
    record(Visitor(account.id), Event.SIGNED_IN, account)
    return token


@transaction()
def sign_out(actor: Actor, account: Account, *, token: str) -> None:
    """Ends this session."""
    _end(Session.token == queries.digest(token))
    record(actor, Event.SIGNED_OUT, account)


@transaction()
def end_session(actor: Actor, account: Account, *, session_id: int) -> None:
    """Ends one of the account's own sessions."""
    authorise(policies.can_edit, actor, account)
    _end((Session.id == session_id) & (Session.account_id == account.id))
    record(actor, Event.SESSION_ENDED, account)


@transaction()
def ask_reset(actor: Actor, *, way_in: str) -> None:
    """Sends a letter to set a new password, when there is an account with an address."""
    account = queries.by_way_in(way_in)
    if account is None or account.email is None or account.blocked_at is not None:
        return
    link(Purpose.RESET, account.id, once=True)
    record(actor, Event.RESET_ASKED, account)
    notify(Notice.RESET, account, to=[Recipient("reset", account.id)])


@transaction()
def reset(actor: Actor, account: Account, *, password: str) -> None:
    """Sets a new (hashed) password by letter, which also confirms the address; every session ends."""
    authorise(policies.can_reset, actor, account)
    account.confirmed_at = account.confirmed_at or clock.now()
    use(actor)
    _change(actor, account, password)


@transaction()
def change_password(actor: Actor, account: Account, *, password: str) -> None:
    """Sets a new (hashed) password; every session ends."""
    authorise(policies.can_edit, actor, account)
    _change(actor, account, password)


@transaction()
def prefer(actor: Actor, account: Account, *, language: str | None = None, theme: str | None = None) -> None:
    """Keeps the language and the look that the person chose."""
    account.language = language or account.language
    account.theme = theme or account.theme


@transaction()
def block(actor: System, account: Account) -> None:
    """Nobody signs in by this account any more."""
    account.blocked_at = clock.now()
    _end(Session.account_id == account.id)
    record(actor, Event.BLOCKED, account)


def become_nobody(account: Account) -> None:
    """Nothing tells any more whose it was and nobody signs in by it, inside the running transaction."""
    account.name, account.login_name = "–", f"erased-{account.id}"
    account.email = account.email_key = account.password = account.theme = None
    account.blocked_at = clock.now()
    _end(Session.account_id == account.id)


def close_links(purpose: Purpose, subject_ids: Collection[int]) -> None:
    """The links of a purpose to these subjects work no more, inside the running transaction."""
    mine = (Link.purpose == purpose, Link.subject_id.in_(subject_ids), Link.expires_at > clock.now())
    db.session.execute(update(Link).where(*mine).values(expires_at=clock.now()).execution_options(synchronize_session=False))


def link(purpose: Purpose, subject_id: int, *, once: bool, lasting: timedelta | None = None) -> Link:
    """A new link, as long as those of its purpose live or shorter; its token is made when the letter is sent, so it stands in no row and no log."""
    new = Link(purpose=purpose, subject_id=subject_id, once=once, expires_at=clock.now() + (lasting or LIVES[purpose]))
    db.session.add(new)
    db.session.flush()  # callers refer to the link's key
    return new


@transaction()
def mint(actor: System, given: Link, *, token: str | None = None) -> str:
    """A fresh token for a link, whose former one stops working; `token` is one that people can type."""
    token = token or secrets.token_urlsafe(24)
    given.token = queries.digest(token)
    return token


@transaction()
def exchange(actor: Visitor, given: Link) -> str:
    """The token of the cookie that a letter's token is exchanged for."""
    token = secrets.token_urlsafe(24)
    given.cookie = queries.digest(token)
    return token


def use(actor: Actor) -> None:
    """Marks the bearer's link as used, inside the transaction that uses it; NotNow when it was used meanwhile."""
    mine = getattr(actor, "link_id", 0)
    used = db.session.scalars(update(Link).where(Link.id == mine, Link.used_at.is_(None)).values(used_at=clock.now()).returning(Link.id))
    if used.one_or_none() is None:
        raise NotNow(_l("This link has been used already."))


def replace_password(actor: Actor, account: Account, *, password: str) -> None:
    """Sets a new (hashed) password by a right that the caller has checked, inside the running transaction; every session ends."""
    account.confirmed_at = account.confirmed_at or clock.now()
    _change(actor, account, password)


def _change(actor: Actor, account: Account, password: str) -> None:
    account.password = password
    _end(Session.account_id == account.id)
    record(actor, Event.PASSWORD_CHANGED, account)
    notify(Notice.PASSWORD_CHANGED, account, to=[Recipient("account", account.id)])


def _end(condition: ColumnElement[bool]) -> None:
    db.session.execute(update(Session).where(condition, Session.ended_at.is_(None)).values(ended_at=clock.now()))
