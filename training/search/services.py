"""Putting records into the index and taking them out, within the transaction that changes them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select, update

from training.kernel.db import db, transaction
from training.kernel.keys import sort_key
from training.search import words
from training.search.index import twin
from training.search.models import BODY, SCOPES, TITLE, SearchDocument

BATCH = 5_000
PUBLIC = "public"
"""The scope of what everybody may find."""


def of_organisation(organisation_id: int) -> str:
    """The scope of what the members of an organisation may find."""
    return f"o{organisation_id}"


@dataclass(frozen=True)
class Document:
    """What can be found of a record: title above body, and who may find it (scopes: `public`, `o<organisation id>`)."""

    kind: str
    id: int
    title: str
    body: str = ""
    scopes: Collection[str] = field(default=())
    language: str | None = None


def put(document: Document) -> None:
    """Puts one record into the index, or anew; one without a scope leaves it."""
    put_many([document])


@transaction()
def put_many(documents: Iterable[Document]) -> int:
    """Puts records into the index in batches, takes those that nobody may find out; returns how many were new or said something else than before."""
    rows = list({(one.kind, one.id): one for one in documents}.values())
    written = 0
    for kind in sorted({one.kind for one in rows}):
        drop_many(kind, [one.id for one in rows if one.kind == kind and not one.scopes])
        mine = sorted((one for one in rows if one.kind == kind and one.scopes), key=lambda one: one.id)
        for start in range(0, len(mine), BATCH):
            written += _write(kind, mine[start : start + BATCH])
    return written


@transaction()
def drop(kind: str, subject_id: int) -> None:
    """Takes one record out of the index."""
    drop_many(kind, [subject_id])


@transaction()
def drop_many(kind: str, subject_ids: Sequence[int]) -> None:
    """Takes records of a kind out of the index."""
    for start in range(0, len(subject_ids), BATCH):
        mine = (SearchDocument.kind == kind, SearchDocument.subject_id.in_(subject_ids[start : start + BATCH]))
        ids = db.session.scalars(select(SearchDocument.id).where(*mine).order_by(SearchDocument.id)).all()
        if ids:
            _twin().leave(db.session, ids)
            db.session.execute(delete(SearchDocument).where(SearchDocument.id.in_(ids)), execution_options={"synchronize_session": False})


def _write(kind: str, documents: Sequence[Document]) -> int:
    """One batch of a kind: the changed ones leave the index, are written, and enter it again."""
    known = {
        subject_id: (key, digest)
        for subject_id, key, digest in db.session.execute(
            select(SearchDocument.subject_id, SearchDocument.id, SearchDocument.digest).where(
                SearchDocument.kind == kind, SearchDocument.subject_id.in_([one.id for one in documents])
            )
        )
    }
    rows = [_row(one) for one in documents]
    changed = [
        row | {"id": known[row["subject_id"]][0]}
        for row in rows
        if row["subject_id"] in known and known[row["subject_id"]][1] != row["digest"]
    ]
    new = [row for row in rows if row["subject_id"] not in known]
    if changed:
        _twin().leave(db.session, [row["id"] for row in changed])
        db.session.execute(update(SearchDocument), changed)
    if new:
        db.session.execute(insert(SearchDocument), new)
        added = db.session.scalars(
            select(SearchDocument.id).where(SearchDocument.kind == kind, SearchDocument.subject_id.in_([row["subject_id"] for row in new]))
        ).all()
        _twin().enter(db.session, added)
    if changed:
        _twin().enter(db.session, [row["id"] for row in changed])
    return len(changed) + len(new)


def _row(document: Document) -> dict[str, Any]:
    title = "".join(sign for sign in document.title if sign.isprintable() or sign == " ")[:200]
    row = {
        "kind": document.kind,
        "subject_id": document.id,
        "language": document.language,
        "title": title,
        "title_key": sort_key(title),
        "scope_words": words.scope_words(document.kind, document.scopes),
        "title_words": words.stems(document.title, TITLE),
        "body_words": words.stems(document.body, BODY),
    }
    if len(str(row["scope_words"])) > SCOPES:
        raise ValueError(f"too many scopes for {document.kind} {document.id}: give it a scope that stands for them all")
    return row | {"digest": sha256("\0".join(str(value) for value in row.values()).encode()).hexdigest()}


def _twin() -> Any:
    return twin(db.session.get_bind().dialect.name)
