"""Reading notices: the inbox, how many are unread, and the one to be delivered."""

from collections.abc import Sequence

from sqlalchemy import func, select

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.notices.models import Notification
from training.notices.policies import visible_to

SHOWN = 20
"""Notices on a page: each line is worded when it is read."""


def inbox(actor: Actor, *, before: int | None = None, limit: int = SHOWN) -> Sequence[Notification]:
    """The actor's newest notices (older than the one of id `before`), newest first; for a Visitor, those of the account in every capacity."""
    query = visible_to(actor)
    if before is not None:
        query = query.where(Notification.id < before)
    return db.session.scalars(query.order_by(Notification.id.desc()).limit(limit)).all()


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
    """The notice as it is now, if it has neither been sent nor dropped."""
    return db.session.scalars(
        select(Notification)
        .where(Notification.id == notice_id, Notification.sent_at.is_(None), Notification.dropped.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()
