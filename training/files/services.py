"""Keeping files, giving them to their subject, and sweeping what nothing refers to."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from training.files import queries, storage
from training.files.models import StoredFile
from training.files.storage import Readable, Received
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.keys import slug
from training.kernel.policy import Actor, Learner, Member, Visitor

AGE = timedelta(days=1)
"""What nothing refers to is left alone for this long: its transaction may be under way."""
_BATCH = 1_000


def keep(
    actor: Actor, source: Readable | bytes, *, name: str, kinds: frozenset[str] | set[str], limit: int, subject: Record | None = None
) -> StoredFile:
    """Writes the bytes (at most `limit`) and keeps them: `storage.receive`, then `keep_received`.

    A form's service calls those two itself, so that the bytes are written before its transaction.
    """
    return keep_received(actor, storage.receive(source, name=name, kinds=kinds, limit=limit), subject=subject)


def keep_received(actor: Actor, received: Received, *, subject: Record | None = None) -> StoredFile:
    """The row for bytes that have been written, in the running transaction; without a subject, `claim` it within a day."""
    return _add(actor, received, subject=subject)


@transaction()
def _add(actor: Actor, received: Received, *, subject: Record | None) -> StoredFile:
    file = StoredFile(
        slug=slug(),
        place=received.place,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        sha256=received.sha256,
        kept_at=clock.now(),
        account_id=actor.account_id if isinstance(actor, Member | Learner | Visitor) else None,
    )
    db.session.add(file)
    db.session.flush()  # whoever keeps a file refers to its key
    if subject is not None:
        claim(file, subject)
    return file


def claim(file: StoredFile, subject: Record) -> None:
    """From now on the file belongs to the record and lives as long."""
    if subject.id is None:
        db.session.flush()  # the file refers to the key of a record that is new in this transaction
    file.subject_kind, file.subject_id = subject.__tablename__, subject.id


def let_go(file: StoredFile) -> None:
    """The file belongs to nothing any more; the next sweep removes it."""
    file.subject_kind = file.subject_id = None


def sweep() -> int:
    """Removes files that belong to nothing and bytes that no row keeps, older than a day; returns how many.

    Rows go first and the bytes after their transaction, so that a row never stands without bytes.
    """
    before = clock.now() - AGE
    removed = 0
    while gone := _forget_unclaimed():
        for place in gone:
            storage.remove(place)
        removed += len(gone)
    lying = storage.places(before)
    while some := list(islice(lying, _BATCH)):
        kept = queries.known_places(some)
        for place in some:
            if place not in kept:
                storage.remove(place)
                removed += 1
    return removed


@transaction()
def _forget_unclaimed() -> list[str]:
    files = queries.unclaimed(clock.now() - AGE, _BATCH)
    for file in files:
        db.session.delete(file)
    return [file.place for file in files]


def emptied(files: Sequence[StoredFile]) -> list[str]:
    """Keeps that there were these files and nothing else of them, inside the running transaction; remove the bytes at the places after it."""
    places = [file.place for file in files]
    for file in files:
        file.name, file.size, file.sha256 = "–", 0, "0" * 64
    return places


def remove(places: Sequence[str]) -> None:
    """Removes bytes whose rows have been emptied."""
    for place in places:
        storage.remove(place)
