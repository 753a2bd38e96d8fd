"""Telling people: rows and jobs of the running transaction; and what they choose, read and stop."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, insert, update
from sqlalchemy.orm import Session

from training.audit.services import plain
from training.jobs.services import call_off, enqueue_each, insert_once
from training.kernel import clock
from training.kernel.db import Record, db, gathered, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System, Visitor, authorise
from training.kernel.wiring import wired
from training.kernel.workflow import Notice
from training.notices import policies, topics
from training.notices.models import ACCOUNT, Dropped, NoticeChoice, NoticeDigest, NoticeHours, Notification, Recipient
from training.notices.topics import Stopping
from training.notices.workflow import Way

_NOTICE: Any = Notification.__table__
_ADD = insert(_NOTICE).returning(_NOTICE.c.id)


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
    told = [about | {"to_kind": one.kind, "to_id": one.id, "organisation_id": one.organisation_id} for one in dict.fromkeys(to)]
    gathered(Outbox).notices.extend(told)


class Outbox:
    """The notices of one transaction; written together when it ends, each with the job that delivers it."""

    def __init__(self) -> None:
        """Empty."""
        self.notices: list[dict[str, Any]] = []

    def close(self, session: Session) -> None:
        """Writes them and asks for their delivery."""
        if self.notices:
            keys = session.connection().scalars(_ADD, self.notices).all()
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


def read_about(actor: Actor, kind: str, ids: Select[Any]) -> None:
    """Whoever has seen these records where they stand has read the notices of them, inside the running transaction."""
    mine = (Notification.to_kind == ACCOUNT, Notification.to_id == getattr(actor, "account_id", 0), Notification.read_at.is_(None))
    about = (Notification.subject_kind == kind, Notification.subject_id.in_(ids))
    db.session.execute(update(Notification).where(*mine, *about).values(read_at=clock.now()).execution_options(synchronize_session=False))


@transaction()
def choose(actor: Visitor, *, ways: Mapping[str, Way]) -> None:
    """How the letters of each topic come from now on; NotNow for a topic that always comes."""
    authorise(policies.can_choose, actor, None)
    if any(topic not in wired().topics or topics.is_fixed(topic) for topic in ways):
        raise NotNow(_l("One of these letters always comes. Load the page again."))
    _choose(actor.account_id or 0, ways)


@transaction()
def set_hours(actor: Visitor, *, quiet_from: int | None, quiet_until: int | None, morning: int, zone: str | None) -> None:
    """When letters may come from now on, in minutes after midnight at the zone."""
    authorise(policies.can_choose, actor, None)
    if (quiet_from is None) != (quiet_until is None):
        raise NotNow(_l("Give both ends of the quiet hours, or neither."), field="quiet_until")
    if quiet_from is not None and quiet_from == quiet_until:
        raise NotNow(_l("Quiet hours that never end would hold every letter. Choose two different times."), field="quiet_until")
    me = actor.account_id or 0
    insert_once(NoticeHours, {"account_id": me, "morning": morning}, "account_id")
    values = {"quiet_from": quiet_from, "quiet_until": quiet_until, "morning": morning, "zone": zone}
    db.session.execute(update(NoticeHours).where(NoticeHours.account_id == me).values(values).execution_options(synchronize_session=False))


@transaction()
def stop(actor: Visitor, stopping: Stopping) -> None:
    """Whoever has the letter stops its topic (or the morning's letter) for the account it was sent to; twice is once."""
    if stopping.topic == topics.EVERYTHING:
        daily = (NoticeChoice.account_id == stopping.account_id, NoticeChoice.way == Way.DAILY)
        db.session.execute(update(NoticeChoice).where(*daily).values(way=Way.HERE).execution_options(synchronize_session=False))
    else:
        _choose(stopping.account_id, {stopping.topic: Way.HERE})


def _choose(account_id: int, ways: Mapping[str, Way]) -> None:
    mine = (NoticeChoice.account_id == account_id, NoticeChoice.topic.in_(ways))
    db.session.execute(delete(NoticeChoice).where(*mine).execution_options(synchronize_session=False))
    rows = [{"account_id": account_id, "topic": topic, "way": way} for topic, way in ways.items() if way is not Way.AT_ONCE]
    if rows:
        db.session.execute(insert(NoticeChoice), rows)


@transaction()
def bounced(actor: System, *, key: str, code: str) -> bool:
    """A letter (`notice-7`, `digest-3`) that was sent has come back for good; says whether we knew it."""
    kind, _dash, number = key.partition("-")
    tables: dict[str, type[Notification] | type[NoticeDigest]] = {"notice": Notification, "digest": NoticeDigest}
    if kind not in tables or not (number.isascii() and number.isdecimal() and len(number) < 10):
        return False
    table = tables[kind]
    came_back = update(table).where(table.id == int(number), table.sent_at.is_not(None)).values(dropped=Dropped.BOUNCED, answer=code[:60])
    return db.session.scalars(came_back.returning(table.id).execution_options(synchronize_session=False)).one_or_none() is not None
