"""Writing the trail: record what happened, seal batches of it."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select

from training.audit.models import Happening, HappeningDetail, Seal
from training.audit.queries import chained, last_seal
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.money import Money
from training.kernel.policy import Actor, Bearer, Learner, Member, System, Visitor
from training.kernel.wiring import wired
from training.kernel.workflow import Event

BATCH = 5_000
_EVENT = insert(Record.metadata.tables[Happening.__tablename__])
_DETAIL = insert(Record.metadata.tables[HappeningDetail.__tablename__])
"""Built once and executed as they are: every change of every noun adds an event."""
SETTLED = timedelta(minutes=10)
"""Events younger than this are not sealed: a transaction with a smaller id might still be under way."""


def plain(value: Any) -> Any:
    """A fact as JSON keeps it; text that is not an enum value does not belong here."""
    match value:
        case Enum():
            return value.value
        case bool() | int() | None:
            return value
        case datetime() | date():
            return value.isoformat()
        case Money():
            return [value.minor, value.currency]
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in value]
        case _:
            raise TypeError(f"an event keeps ids, enum values, numbers and dates; {value!r} goes to the detail")


def whose(actor: Actor) -> dict[str, Any]:
    """The actor as the columns of an event."""
    match actor:
        case Member(account_id=account, organisation_id=organisation):
            return {"acting": "member", "account_id": account, "organisation_id": organisation}
        case Learner(account_id=account):
            return {"acting": "learner", "account_id": account}
        case Bearer(purpose=purpose):
            return {"acting": f"bearer:{purpose}"}
        case Visitor(account_id=account):
            return {"acting": "visitor", "account_id": account}
        case System(task=task):
            return {"acting": f"system:{task}"}


def record(actor: Actor, event: Event, subject: Record, *, detail: dict[str, Any] | None = None, **facts: Any) -> None:
    """Adds one event to the running transaction and starts what subscribes to it.

    `facts` are ids, enum values, numbers, dates; a person's words or data go into `detail`.
    """
    if subject.id is None:
        db.session.flush()  # the event needs the key of a record that is new in this transaction
    if not db.session.info.get("writing"):
        raise RuntimeError(f"{event.value} was recorded outside a transaction: nobody would commit it")
    happening = {
        "at": clock.now(),
        "name": event.value,
        "subject_kind": subject.__tablename__,
        "subject_id": subject.id,
        "facts": {name: plain(value) for name, value in facts.items() if value is not None},
        **whose(actor),
    }
    connection = db.session.connection()
    if detail:
        text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
        salt = secrets.token_hex(32)
        happening["detail_digest"] = sha256((salt + text).encode()).hexdigest()
        key = connection.execute(_EVENT, happening).inserted_primary_key
        assert key is not None  # one row was added
        connection.execute(_DETAIL, {"event_id": key[0], "salt": salt, "text": detail})
    else:
        connection.execute(_EVENT, happening)
    if task := wired().subscriptions.get(event.value):
        enqueue(task, subject_id=subject.id)


def record_each(actor: Actor, event: Event, subjects: Sequence[Record], **facts: Any) -> None:
    """One event for each of many stored records, in one statement; for verbs over many rows whose events nobody subscribes to."""
    if event.value in wired().subscriptions:
        raise ValueError(f"{event.value} is subscribed to: record one by one")
    said = {name: plain(value) for name, value in facts.items() if value is not None}
    common = {"at": clock.now(), "name": event.value, "facts": said, **whose(actor)}
    if subjects:
        db.session.execute(insert(Happening), [common | {"subject_kind": one.__tablename__, "subject_id": one.id} for one in subjects])


@transaction()
def seal() -> int:
    """Seals the settled events that no seal covers yet, in batches; returns how many events."""
    sealed = 0
    while True:
        before = last_seal()
        rows = db.session.scalars(
            select(Happening)
            .where(Happening.id > (before.last_id if before else 0), Happening.at < clock.now() - SETTLED)
            .order_by(Happening.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return sealed
        digest = chained(before.digest if before else "", rows)
        db.session.add(Seal(first_id=rows[0].id, last_id=rows[-1].id, count=len(rows), digest=digest, sealed_at=clock.now()))
        db.session.flush()  # the next batch chains to this seal
        sealed += len(rows)
