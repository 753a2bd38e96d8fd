"""Reading kept files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from training.files import storage
from training.files.models import StoredFile
from training.kernel.db import NotFound, Record, db


def path(file: StoredFile) -> Path:
    """Where the bytes of a file lie; NotFound when they are gone."""
    found = storage.folder() / file.place
    if not found.is_file():
        raise NotFound(f"the bytes of {file!r} are gone")
    return found


def of_subject(subject: Record) -> Sequence[StoredFile]:
    """The files of a record, oldest first; whether they may be seen is the noun's question."""
    query = select(StoredFile).where(StoredFile.subject_kind == subject.__tablename__, StoredFile.subject_id == subject.id)
    return db.session.scalars(query.order_by(StoredFile.id)).all()


def unclaimed(before: datetime, limit: int) -> Sequence[StoredFile]:
    """Files without a subject, kept before a moment."""
    query = select(StoredFile).where(StoredFile.subject_kind.is_(None), StoredFile.kept_at < before).order_by(StoredFile.id).limit(limit)
    return db.session.scalars(query).all()


def known_places(places: Sequence[str]) -> set[str]:
    """Those of the places that a row keeps."""
    return set(db.session.scalars(select(StoredFile.place).where(StoredFile.place.in_(places)).order_by(StoredFile.id)))
