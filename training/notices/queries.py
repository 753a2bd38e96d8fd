"""Reading notices: the inbox, how many are unread, what was chosen, and what is to be delivered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, tuple_

from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.i18n import _l
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor
from training.notices.models import ACCOUNT, Dropped, NoticeChoice, NoticeDigest, NoticeHours, Notification
from training.notices.policies import UNSEEN, letters_visible_to, visible_to
from training.notices.workflow import Way

SHOWN = 20
"""Notices on a page: each line is worded when it is read."""

UNREAD_AT = select(func.count()).where(
    Notification.to_kind == ACCOUNT,
    Notification.to_id == bindparam("reader"),
    Notification.organisation_id == bindparam("capacity"),
    Notification.read_at.is_(None),
    Notification.dropped.is_(None) | Notification.dropped.not_in(UNSEEN),
)
"""How many notices a member has not read, asked on every page inside and so built once."""
UNREAD_OWN = select(func.count()).where(
    Notification.to_kind == ACCOUNT,
    Notification.to_id == bindparam("reader"),
    Notification.organisation_id.is_(None),
    Notification.read_at.is_(None),
    Notification.dropped.is_(None) | Notification.dropped.not_in(UNSEEN),
)
"""The same for a trainee."""

_FAILED = (Dropped.REFUSED, Dropped.BOUNCED)
FATES = {
    "waiting": (_l("Waiting"), Notification.sent_at.is_(None) & Notification.dropped.is_(None)),
    "sent": (_l("Sent"), Notification.sent_at.is_not(None) & Notification.dropped.is_(None)),
    "failed": (_l("Failed"), Notification.dropped.in_(_FAILED)),
    "none": (_l("No letter"), Notification.dropped.is_not(None) & Notification.dropped.not_in(_FAILED)),
}
"""The kinds of fates that a letter can have, each as its words and a condition."""


def inbox(actor: Actor, *, before: int | None = None, limit: int = SHOWN) -> Sequence[Notification]:
    """The actor's newest notices (older than the one of id `before`), newest first; for a Visitor, those of the account in every capacity."""
    query = visible_to(actor)
    if before is not None:
        query = query.where(Notification.id < before)
    return db.session.scalars(query.order_by(Notification.id.desc()).limit(limit)).all()


def listed(actor: Actor, wanted: Wanted) -> Slice[Notification]:
    """A page of the actor's notices, newest first; filter `show` (`unread`)."""
    query = visible_to(actor)
    if "unread" in wanted.chosen("show"):
        query = query.where(Notification.read_at.is_(None))
    return paged(query, wanted, Notification.made_at.desc(), Notification.id.desc(), size=SHOWN)


def unread_count(actor: Actor) -> int:
    """How many notices the actor has not read."""
    return db.session.scalar(visible_to(actor).where(Notification.read_at.is_(None)).with_only_columns(func.count())) or 0


def one(actor: Actor, notice_id: int) -> Notification:
    """One of the actor's notices, or NotFound."""
    found = db.session.scalars(visible_to(actor).where(Notification.id == notice_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def undelivered(notice_id: int) -> Notification | None:
    """The notice as it is now, if it has neither been sent nor dropped, nor waits for a morning."""
    return db.session.scalars(
        select(Notification)
        .where(
            Notification.id == notice_id, Notification.sent_at.is_(None), Notification.dropped.is_(None), Notification.digest_at.is_(None)
        )
        .execution_options(populate_existing=True)
    ).one_or_none()


def delivered(actor: Actor, wanted: Wanted) -> Slice[Notification]:
    """What became of the letters to the actor, newest first; filter `fate` (see FATES)."""
    query = letters_visible_to(actor)
    for fate in wanted.chosen("fate")[:1]:
        query = query.where(*([FATES[fate][1]] if fate in FATES else []))
    return paged(query, wanted, Notification.made_at.desc(), Notification.id.desc())


def choices(account_id: int) -> dict[str, Way]:
    """What an account has chosen, by topic: one statement."""
    query = select(NoticeChoice.topic, NoticeChoice.way).where(NoticeChoice.account_id == account_id)
    return {topic: way for topic, way in db.session.execute(query)}  # noqa: C416 - a result is no sequence of pairs to mypy


def way_of(account_id: int, topic: str) -> Way:
    """How the letters of a topic come to an account."""
    query = select(NoticeChoice.way).where(NoticeChoice.account_id == account_id, NoticeChoice.topic == topic)
    return db.session.scalar(query) or Way.AT_ONCE


def hours(account_id: int) -> NoticeHours | None:
    """When letters may come to an account, if it has said so."""
    return db.session.scalars(select(NoticeHours).where(NoticeHours.account_id == account_id)).one_or_none()


def due_mornings(limit: int) -> Sequence[tuple[int, datetime]]:
    """Whose morning has come, and which: pairs of account and moment, the oldest first."""
    query = (
        select(Notification.to_id, Notification.digest_at)
        .where(
            Notification.digest_at <= clock.now(),
            Notification.digest_id.is_(None),
            Notification.sent_at.is_(None),
            Notification.dropped.is_(None),
        )
        .group_by(Notification.digest_at, Notification.to_id)
        .order_by(Notification.digest_at, Notification.to_id)
    )
    return [(account, morning) for account, morning in db.session.execute(query.limit(limit)) if morning is not None]


def next_morning(account_id: int) -> datetime | None:
    """The coming morning that something waits for already: one letter a morning, whatever clocks somebody's organisations have."""
    waiting = (Notification.to_kind == ACCOUNT, Notification.to_id == account_id, Notification.digest_id.is_(None))
    return db.session.scalar(select(func.min(Notification.digest_at)).where(*waiting, Notification.digest_at > clock.now()))


def mornings(due: Sequence[tuple[int, datetime]]) -> Sequence[NoticeDigest]:
    """The letters of these accounts and mornings: one statement."""
    if not due:
        return []
    query = select(NoticeDigest).where(tuple_(NoticeDigest.account_id, NoticeDigest.morning_at).in_(due))
    return db.session.scalars(query.order_by(NoticeDigest.id)).all()


def unsent_digest(digest_id: int) -> NoticeDigest | None:
    """The morning's letter, if it has neither been sent nor dropped."""
    return db.session.scalars(
        select(NoticeDigest)
        .where(NoticeDigest.id == digest_id, NoticeDigest.sent_at.is_(None), NoticeDigest.dropped.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()


def of_digest(digest_id: int) -> Sequence[Notification]:
    """The notices that a morning's letter tells of, oldest first, without those read or dropped meanwhile."""
    query = select(Notification).where(
        Notification.digest_id == digest_id, Notification.sent_at.is_(None), Notification.dropped.is_(None), Notification.read_at.is_(None)
    )
    return db.session.scalars(query.order_by(Notification.id)).all()
