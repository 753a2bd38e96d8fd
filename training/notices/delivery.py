"""Letters on their way: chosen ways, quiet hours and mornings, with the rights of the moment of sending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import update

from training.jobs.leases import Later
from training.jobs.services import enqueue, insert_once, progress
from training.kernel import clock
from training.kernel.config import Config
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Actor, System
from training.kernel.wiring import wired
from training.notices import hours, post, queries, texts, topics
from training.notices.models import ACCOUNT, MORNING, Address, Dropped, NoticeDigest, NoticeHours, Notification
from training.notices.workflow import Way


def deliver(notice_id: int) -> None:
    """Sends the letter of one notice, if it still may and can be sent; asked again for one that is sent, it does nothing.

    Raises Later while the mail server is away or the recipient's hours are quiet, Unsent when the server puts off this letter.
    """
    notification = queries.undelivered(notice_id)
    if notification is None:
        return
    key = f"notice-{notice_id}"
    post.ready(key)
    address = _address(notification.to_kind, notification.to_id, notification.organisation_id)
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
    if not _wanted_now(notification, address):
        return
    words = texts.compose(notification, subject, address)
    db.session.commit()  # ends the reading: nothing is open while the mail server is waited for
    progress(0, 1)
    try:
        post.send(key, address, words)
    except post.Refused as refusal:
        _drop(notice_id, Dropped.REFUSED, answer=str(refusal.code) if refusal.code else None)
    except post.Unsent as refusal:
        _await(notice_id, answer=str(refusal.code))
        raise
    else:
        _sent(notice_id)


def _wanted_now(notification: Notification, address: Address) -> bool:
    """Whether the letter goes at once; otherwise it is dropped, or given to a morning, or (Later) held until the quiet is over."""
    topic = topics.topic_of(notification.name) if notification.to_kind == ACCOUNT else None
    if topic is None:
        return True
    if notification.read_at is not None:
        _drop(notification.id, Dropped.READ)
        return False
    chosen = queries.hours(notification.to_id)
    match queries.way_of(notification.to_id, topic):
        case Way.HERE:
            _drop(notification.id, Dropped.HERE)
            return False
        case Way.OFF:
            _drop(notification.id, Dropped.OFF)
            return False
        case Way.DAILY:
            following = hours.next_at(clock.now(), _zone(address, chosen), chosen.morning if chosen else MORNING)
            _await(notification.id, digest_at=queries.next_morning(notification.to_id) or following)
            return False
        case _:
            _hold(notification, address, chosen)
            return True


def _hold(notification: Notification, address: Address, chosen: NoticeHours | None) -> None:
    """Raises Later within the recipient's quiet hours, and notes until when."""
    until = _quiet_until(address, chosen)
    if until is not None:
        _await(notification.id, held_until_at=until)
        raise Later(until, "quiet hours")


def _quiet_until(address: Address, chosen: NoticeHours | None) -> datetime | None:
    if chosen is None or chosen.quiet_from is None or chosen.quiet_until is None:
        return None
    return hours.quiet_end(clock.now(), _zone(address, chosen), quiet_from=chosen.quiet_from, quiet_until=chosen.quiet_until)


def _zone(address: Address, chosen: NoticeHours | None) -> str:
    """The person's own zone, else that of the organisation they are told for, else the installation's."""
    config: Config = current_app.config["CADRE"]
    return (chosen.zone if chosen is not None else None) or address.zone or config.zone


@transaction()
def begin_mornings(limit: int = 500) -> int:
    """Gives what waits for a morning that has come to that morning's letter, one for each person; returns how many letters.

    All in one transaction, and a notice given to one letter is not given to another: run twice it begins nothing new.
    """
    due = queries.due_mornings(limit)
    for account_id, morning_at in due:
        insert_once(NoticeDigest, {"account_id": account_id, "morning_at": morning_at}, "account_id", "morning_at")
    for digest in queries.mornings(due):
        waiting = (
            Notification.to_kind == ACCOUNT,
            Notification.to_id == digest.account_id,
            Notification.digest_at == digest.morning_at,
            Notification.digest_id.is_(None),
            Notification.sent_at.is_(None),
        )
        db.session.execute(update(Notification).where(*waiting).values(digest_id=digest.id).execution_options(synchronize_session=False))
        enqueue("notices.deliver_morning", key=f"digest:{digest.id}", digest_id=digest.id)
    return len(due)


def deliver_morning(digest_id: int) -> None:
    """Sends one person's letter of one morning about what is still theirs, unread and wanted; asked again for one that is sent, it does nothing."""
    digest = queries.unsent_digest(digest_id)
    if digest is None:
        return
    key = f"digest-{digest_id}"
    post.ready(key)
    address = _address(ACCOUNT, digest.account_id, None)
    rows = queries.of_digest(digest_id)
    if address is None or not address.email:
        _close_morning(digest_id, dropped=Dropped.RECIPIENT_GONE if address is None else Dropped.NO_EMAIL)
        return
    if (until := _quiet_until(address, queries.hours(digest.account_id))) is not None:
        raise Later(until, "quiet hours")
    ways = queries.choices(digest.account_id)
    unwanted = [row for row in rows if ways.get(row.name.partition(".")[0]) in (Way.HERE, Way.OFF)]
    words, gone = texts.gather([row for row in rows if row not in unwanted], address, digest.account_id)
    db.session.commit()  # ends the reading: nothing is open while the mail server is waited for
    _forget(unwanted, Dropped.HERE)
    _forget(gone, Dropped.NO_LONGER_THEIRS)
    if words is None:
        _close_morning(digest_id, dropped=Dropped.READ)
        return
    progress(0, 1)
    try:
        post.send(key, address, words)
    except post.Refused as refusal:
        _close_morning(digest_id, dropped=Dropped.REFUSED, answer=str(refusal.code) if refusal.code else None)
    else:
        _close_morning(digest_id, sent_at=clock.now())


def _address(kind: str, recipient_id: int, organisation_id: int | None) -> Address | None:
    try:
        address: Address | None = wired().addresses[kind](recipient_id, organisation_id)
    except NotFound:
        return None
    return address


def _subject(notification: Notification, actor: Actor | None) -> Any:
    return wired().kinds[notification.subject_kind].find(actor or System("notices"), notification.subject_id)


@transaction()
def _drop(notice_id: int, reason: Dropped, *, answer: str | None = None) -> None:
    _close(notice_id, dropped=reason, answer=answer)


@transaction()
def _sent(notice_id: int) -> None:
    _close(notice_id, sent_at=clock.now())


@transaction()
def _await(notice_id: int, **until: datetime | str) -> None:
    _close(notice_id, **until)


@transaction()
def _forget(rows: Sequence[Notification], reason: Dropped) -> None:
    keys = [row.id for row in rows]
    if keys:
        change = update(Notification).where(Notification.id.in_(keys)).values(dropped=reason)
        db.session.execute(change.execution_options(synchronize_session=False))


@transaction()
def _close_morning(digest_id: int, **fate: Any) -> None:
    """The letter's fate is that of each notice it tells of, if it has none of its own."""
    options = {"synchronize_session": False}
    own = (NoticeDigest.id == digest_id, NoticeDigest.sent_at.is_(None), NoticeDigest.dropped.is_(None))
    db.session.execute(update(NoticeDigest).where(*own).values(fate).execution_options(**options))
    told = (Notification.digest_id == digest_id, Notification.sent_at.is_(None), Notification.dropped.is_(None))
    db.session.execute(update(Notification).where(*told).values(fate).execution_options(**options))


def _close(notice_id: int, **values: Any) -> None:
    still_open = (Notification.id == notice_id, Notification.sent_at.is_(None), Notification.dropped.is_(None))
    db.session.execute(update(Notification).where(*still_open).values(values).execution_options(synchronize_session=False))
