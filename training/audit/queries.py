"""Reading the trail: histories, and the proof that it is whole."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, or_, select

from training.audit.models import Happening, HappeningDetail, Seal
from training.kernel.db import Record, db, rows
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.workflow import Event


def chained(before: str, events: Iterable[Happening]) -> str:
    """The hash of a batch of events, chained to the hash before it."""
    chain = sha256(before.encode())
    for row in events:
        fields = (
            row.id,
            row.at.isoformat(),
            row.name,
            row.subject_kind,
            row.subject_id,
            row.acting,
            row.account_id,
            row.organisation_id,
            row.detail_digest,
        )
        chain.update(json.dumps([*fields, row.facts], sort_keys=True).encode())
    return chain.hexdigest()


def last_seal() -> Seal | None:
    """The newest seal, if there is one."""
    return db.session.scalars(select(Seal).order_by(Seal.id.desc()).limit(1)).one_or_none()


def breaks() -> list[str]:
    """Every seal that no longer fits its events, in words; empty when the trail is whole."""
    found, before, last_id = [], "", 0
    for seal in db.session.scalars(select(Seal).order_by(Seal.id)):
        events = db.session.scalars(
            select(Happening).where(Happening.id > last_id, Happening.id <= seal.last_id).order_by(Happening.id)
        ).all()
        if len(events) != seal.count or chained(before, events) != seal.digest:
            found.append(f"events {seal.first_id}–{seal.last_id} do not fit their seal of {seal.sealed_at:%Y-%m-%d}")
        before, last_id = seal.digest, seal.last_id
    for event_id, digest, salt, text in db.session.execute(
        select(Happening.id, Happening.detail_digest, HappeningDetail.salt, HappeningDetail.text).join(HappeningDetail)
    ):
        if sha256((salt + json.dumps(text, sort_keys=True, ensure_ascii=False)).encode()).hexdigest() != digest:
            found.append(f"the detail of event {event_id} was changed")
    return found


class Happened(NamedTuple):
    """An event as a history tells it."""

    at: datetime
    name: str
    acting: str
    account_id: int | None
    organisation_id: int | None
    facts: dict[str, Any]


@cache
def _history(subjects: int) -> Select[*tuple[Any, ...]]:
    """The newest events of so many subjects with their details; asked on every record's page, so it is built once."""
    mine = [and_(Happening.subject_kind == bindparam(f"kind_{n}"), Happening.subject_id == bindparam(f"id_{n}")) for n in range(subjects)]
    columns = (getattr(Happening, name) for name in Happened._fields)
    newest = select(HappeningDetail.text, *columns).select_from(Happening).outerjoin(HappeningDetail).where(or_(*mine))
    return newest.order_by(Happening.id.desc()).limit(bindparam("limit", type_=Integer()))


def history(*subjects: Record | tuple[str, int], limit: int = 50) -> Sequence[tuple[Happened, dict[str, str]]]:
    """The newest events of the subjects with their details, newest first: one statement; without subjects there are none."""
    if not subjects:
        return []
    pairs = [(one.__tablename__, one.id) if isinstance(one, Record) else one for one in subjects]
    asked: dict[str, str | int] = {"limit": limit}
    for n, (kind, key) in enumerate(pairs):
        asked |= {f"kind_{n}": kind, f"id_{n}": key}
    return [(Happened(*event), text or {}) for text, *event in rows(_history(len(pairs)), asked)]


def listed(subject: Record, event: Event, wanted: Wanted) -> Slice[Happening]:
    """A page of the events of one kind that befell a record, newest first."""
    mine = (Happening.subject_kind == subject.__tablename__, Happening.subject_id == subject.id, Happening.name == event.value)
    return paged(select(Happening).where(*mine), wanted, Happening.id.desc())
