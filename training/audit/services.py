"""Writing the trail: record what happened, seal batches of it."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, delete, false, insert, or_, select
from sqlalchemy.orm import Session

from training.audit.models import Happening, HappeningDetail, Seal
from training.audit.queries import chained, last_seal
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import Record, db, gathered, transaction
from training.kernel.money import Money
from training.kernel.policy import Actor, Bearer, Learner, Member, System, Visitor
from training.kernel.wiring import wired
from training.kernel.workflow import Event

_EVENT: Any = Happening.__table__
_DETAIL: Any = HappeningDetail.__table__
_ADD, _ADD_DETAIL = insert(_EVENT), insert(_DETAIL)
_ADD_AND_SAY = _ADD.returning(_EVENT.c.id, sort_by_parameter_order=True)
BATCH = 5_000
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


class Journal:
    """The events of one transaction, in the order in which they happened; written together when it ends."""

    def __init__(self) -> None:
        """Empty."""
        self.events: list[dict[str, Any]] = []
        self.details: list[tuple[int, str, dict[str, Any]]] = []
        """Place of the event, salt, words."""

    def close(self, session: Session) -> None:
        """Writes the events, and the details beside theirs."""
        if not self.events:
            return
        connection = session.connection()
        if not self.details:
            connection.execute(_ADD, self.events)
            return
        keys = connection.scalars(_ADD_AND_SAY, self.events).all()
        details = [{"event_id": keys[place], "salt": salt, "text": text} for place, salt, text in self.details]
        connection.execute(_ADD_DETAIL, details)


def record(actor: Actor, event: Event, subject: Record, *, detail: dict[str, Any] | None = None, **facts: Any) -> None:
    """Adds one event to the running transaction and starts what subscribes to it.

    `facts` are ids, enum values, numbers, dates; a person's words or data go into `detail`.
    """
    if subject.id is None:
        db.session.flush()  # the event needs the key of a record that is new in this transaction
    journal, digest = gathered(Journal), None
    if detail:
        text, salt = json.dumps(detail, sort_keys=True, ensure_ascii=False), secrets.token_hex(32)
        digest = sha256((salt + text).encode()).hexdigest()
        journal.details.append((len(journal.events), salt, detail))
    journal.events.append(
        _said(actor, event, facts) | {"subject_kind": subject.__tablename__, "subject_id": subject.id, "detail_digest": digest}
    )
    for task in wired().subscribers.get(event.value, ()):
        enqueue(task, subject_id=subject.id)


def record_each(actor: Actor, event: Event, subjects: Sequence[Record], **facts: Any) -> None:
    """One event for each of many stored records; for verbs over many rows whose events nobody subscribes to."""
    for kind, ids in groupby(subjects, key=lambda one: one.__tablename__):
        record_all(actor, event, kind, [one.id for one in ids], **facts)


def record_all(actor: Actor, event: Event, kind: str, ids: Collection[int], **facts: Any) -> None:
    """One event for each of many stored records of a kind, as `record_each`."""
    if event.value in wired().subscribers:
        raise ValueError(f"{event.value} is subscribed to: record one by one")
    common = _said(actor, event, facts) | {"detail_digest": None}
    gathered(Journal).events.extend(common | {"subject_kind": kind, "subject_id": key} for key in ids)


def _said(actor: Actor, event: Event, facts: dict[str, Any]) -> dict[str, Any]:
    said = {name: plain(value) for name, value in facts.items() if value is not None}
    return {"at": clock.now(), "name": event.value, "facts": said, "account_id": None, "organisation_id": None} | whose(actor)


def forget_details(subjects: Mapping[str, Collection[int]], *, account_id: int | None = None) -> int:
    """Removes the words beside the events of these records, and beside those of an account; the events keep their hashes."""
    about: list[ColumnElement[bool]] = [
        (Happening.subject_kind == kind) & Happening.subject_id.in_(ids) for kind, ids in subjects.items() if ids
    ]
    if account_id is not None:
        about.append(Happening.account_id == account_id)
    gone = delete(HappeningDetail).where(HappeningDetail.event_id.in_(select(Happening.id).where(or_(false(), *about))))
    return len(db.session.scalars(gone.returning(HappeningDetail.id).execution_options(synchronize_session=False)).all())


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
