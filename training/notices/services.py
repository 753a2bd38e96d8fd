"""Telling people: rows and jobs of the running transaction, delivered afterwards with the rights of that moment."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from training.audit.services import plain
from training.jobs.services import call_off, enqueue_each, progress
from training.kernel import clock
from training.kernel.db import NotFound, Record, db, transaction
from training.kernel.policy import Actor, System, authorise
from training.kernel.wiring import wired
from training.kernel.workflow import Notice
from training.notices import policies, post, queries, texts
from training.notices.models import Address, Dropped, Notification, Recipient

_NOTICE: Any = Notification.__table__


def notify(notice: Notice, subject: Record, *, to: Iterable[Recipient], **facts: Any) -> None:
    """Tells each recipient once, in the running transaction: no commit, no notice.

    `facts` are ids, enum values, numbers, dates; the texts (`templates/emails/<notice>/`) take words from the subject.
    """
    if subject in db.session.new:
        db.session.flush()  # the notice needs the key of a record that is new in this transaction
    about = {
        "name": notice.value,
        "subject_kind": subject.__tablename__,
        "subject_id": subject.id,
        "facts": {name: plain(value) for name, value in facts.items()},
        "made_at": clock.now(),
    }
    rows = [about | {"to_kind": one.kind, "to_id": one.id, "organisation_id": one.organisation_id} for one in dict.fromkeys(to)]
    if rows:
        keys = db.session.scalars(insert(_NOTICE).returning(_NOTICE.c.id), rows).all()
        enqueue_each("notices.deliver", [{"notice_id": key} for key in keys])


@transaction()
def read(actor: Actor, notification: Notification) -> None:
    """The reader has seen it."""
    authorise(policies.can_read, actor, notification)
    if notification.read_at is None:
        notification.read_at = clock.now()


@transaction()
def read_all(actor: Actor, *, until: int) -> None:
    """The reader has seen everything up to the notice of id `until`, the newest that the page showed."""
    unread = policies.visible_to(actor).where(Notification.read_at.is_(None), Notification.id <= until).with_only_columns(Notification.id)
    db.session.execute(
        update(Notification).where(Notification.id.in_(unread)).values(read_at=clock.now()).execution_options(synchronize_session=False)
    )


@transaction()
def settle(actor: System) -> None:
    """A story told afterwards: its letters count as sent when they were written, and what is older than three days as read."""
    unsent = (Notification.sent_at.is_(None), Notification.dropped.is_(None))
    options = {"synchronize_session": False}
    db.session.execute(update(Notification).where(*unsent).values(sent_at=Notification.made_at).execution_options(**options))
    old = (Notification.read_at.is_(None), Notification.made_at < clock.now() - timedelta(days=3))
    db.session.execute(update(Notification).where(*old).values(read_at=Notification.made_at).execution_options(**options))
    call_off(actor, task="notices.deliver")


def deliver(notice_id: int) -> None:
    """Sends the letter of one notice, if it still may and can be sent; asked again for one that is sent, it does nothing.

    Raises Later while the mail server is away, Unsent when it puts off this letter.
    """
    notification = queries.undelivered(notice_id)
    if notification is None:
        return
    post.ready(notice_id)
    address = _address(notification)
    if address is None:
        _drop(notice_id, Dropped.RECIPIENT_GONE)
        return
    try:
        subject = _subject(notification, address.actor)
    except NotFound:
        _drop(notice_id, Dropped.NO_LONGER_THEIRS)
        return
    if not address.email:
        _drop(notice_id, Dropped.NO_EMAIL)
        return
    words = texts.compose(notification, subject, address)
    db.session.commit()  # ends the reading: nothing is open while the mail server is waited for
    progress(0, 1)
    try:
        post.send(notice_id, address, words)
    except post.Refused:
        _drop(notice_id, Dropped.REFUSED)
    else:
        _sent(notice_id)


def _address(notification: Notification) -> Address | None:
    try:
        address: Address | None = wired().addresses[notification.to_kind](notification.to_id, notification.organisation_id)
    except NotFound:
        return None
    return address


def _subject(notification: Notification, actor: Actor | None) -> Any:
    return wired().kinds[notification.subject_kind].find(actor or System("notices"), notification.subject_id)


@transaction()
def _drop(notice_id: int, reason: Dropped) -> None:
    _close(notice_id, dropped=reason)


@transaction()
def _sent(notice_id: int) -> None:
    _close(notice_id, sent_at=clock.now())


def _close(notice_id: int, **values: Any) -> None:
    still_open = (Notification.id == notice_id, Notification.sent_at.is_(None), Notification.dropped.is_(None))
    db.session.execute(update(Notification).where(*still_open).values(values).execution_options(synchronize_session=False))
