"""Making and removing the address of a calendar."""

import secrets

from sqlalchemy import delete

from training.accounts.models import Account
from training.accounts.queries import digest
from training.audit.services import record
from training.courses.feeds import policies
from training.courses.feeds.models import CalendarFeed
from training.courses.feeds.workflow import Event
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import Actor, authorise


@transaction()
def renew(actor: Actor, account: Account) -> str:
    """A new address, told this once; the one before works no more."""
    authorise(policies.can_renew, actor, account)
    _forget(account)
    token = secrets.token_urlsafe(24)
    db.session.add(CalendarFeed(account_id=account.id, token=digest(token), made_at=clock.now()))
    record(actor, Event.RENEWED, account)
    return token


@transaction()
def remove(actor: Actor, account: Account) -> None:
    """There is no address any more."""
    authorise(policies.can_remove, actor, account)
    if _forget(account):
        record(actor, Event.REMOVED, account)


def _forget(account: Account) -> bool:
    gone = delete(CalendarFeed).where(CalendarFeed.account_id == account.id).returning(CalendarFeed.id)
    return bool(db.session.scalars(gone.execution_options(synchronize_session=False)).all())
