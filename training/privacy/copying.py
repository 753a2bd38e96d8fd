"""A person's copy of everything kept about them: an archive of one JSON file and the files themselves."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from training.audit.models import Happening
from training.files import storage
from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import db
from training.kernel.register import Purpose
from training.privacy import queries
from training.privacy.queries import Rows

TOLD = {Purpose.ACCESS, Purpose.TRAINING, Purpose.RECRUITING, Purpose.FUNDING}
"""What is told; what the machinery keeps for itself, such as open moves and jobs, is not."""
SECRET = {"password", "token", "cookie", "salt", "key"}
"""Columns that open something, or that only the database compares."""


def write(person: Mapping[str, int], guide: str) -> BinaryIO:
    """The archive as an open temporary file, at its beginning; `guide` is what its README says."""
    rows = queries.rows_of(person)
    target: BinaryIO = TemporaryFile()  # noqa: SIM115 -- handed to the caller, who reads and closes it
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", guide)
        archive.writestr("data.json", json.dumps(told(person, rows), ensure_ascii=False, indent=1))
        for file in files(rows):
            if (storage.folder() / file.place).is_file():
                archive.write(storage.folder() / file.place, f"files/{file.id}-{file.name}")
    target.seek(0)
    return target


def told(person: Mapping[str, int], rows: Rows) -> dict[str, Any]:
    """Every table with why and how long it is kept, and the person's rows in it; then what has happened to them."""
    registers = queries.registers()
    kept = [
        {
            "table": name,
            "purpose": registers[name].purpose.value,
            "keep": registers[name].keep.value,
            "rows": [_row(name, row) for row in queries.contents(name, ids)],
        }
        for name, ids in sorted(rows.items())
        if registers[name].purpose in TOLD
    ]
    return {"made_at": clock.now().isoformat(), "kept": kept, "files": [file.name for file in files(rows)], "events": list(_events(person))}


def _row(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    withheld = queries.registers()[name].withheld
    hidden: set[str] = set()
    if withheld is not None and row[withheld[0]] is not None and row[withheld[0]] > clock.now():
        hidden = set(withheld[1])
    return {column: _plain(value) for column, value in row.items() if column not in SECRET and column not in hidden}


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def files(rows: Rows) -> list[StoredFile]:
    """The person's files, but for letters to others."""
    ids = rows.get("stored_file", set())
    found = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)).order_by(StoredFile.id)).all()
    registers = queries.registers()
    return [file for file in found if (register := registers.get(file.subject_kind or "")) is not None and register.files]


def _events(person: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """What happened to the person's own rows, and what their account did."""
    theirs = [(Happening.subject_kind == kind) & (Happening.subject_id == key) for kind, key in person.items()]
    about = theirs[0]
    for one in theirs[1:]:
        about = about | one
    if "account" in person:
        about = about | (Happening.account_id == person["account"])
    for event in db.session.scalars(select(Happening).where(about).order_by(Happening.id)):
        yield {"at": event.at.isoformat(), "event": event.name, "subject": event.subject_kind, "id": event.subject_id}
