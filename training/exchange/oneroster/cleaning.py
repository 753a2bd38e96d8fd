"""What is kept of an uploaded bundle: the columns that are read and nothing else, so that no password ever lies in a file of ours."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from training.exchange import decoding
from training.exchange.oneroster import standard
from training.files import archives, media
from training.files.storage import Readable
from training.kernel.i18n import _l
from training.kernel.policy import NotNow

MOST_FILES = 60
LARGEST = 40_000_000
"""Bytes that one file of a bundle unpacks to."""
_CHUNK = 64 * 1024
_HEADING = re.compile(r"[A-Za-z][A-Za-z0-9 _.]{0,59}")
_KEY = re.compile(r"[^\s,;{}\"]{1,255}")
_ENCRYPTED = 1
UNKNOWN = "?"
"""Stands for a row of which not even the key is sure."""
_DAMAGED = _l("This file is damaged and cannot be opened. Save it again and send that one.")
_TOO_LARGE = _l(
    "A bundle has at most %(files)d files of %(most)d MB each. Send a smaller one.", files=MOST_FILES, most=LARGEST // 1_000_000
)


@contextmanager
def kept(source: Readable | bytes, *, limit: int) -> Iterator[IO[bytes]]:
    """What of an upload is kept: of a bundle only what is read, any other file as it came; NotNow for an archive that is no bundle."""
    with NamedTemporaryFile() as came:
        size = _copy(io.BytesIO(source) if isinstance(source, bytes) else source, came, limit)
        came.seek(0)
        if size > limit or media.media_type(Path(came.name)) != media.ZIP:
            yield came.file
            return
        with TemporaryFile() as clean:
            try:
                _clean(Path(came.name), clean)
            except (BadZipFile, csv.Error, EOFError, NotImplementedError) as error:
                raise NotNow(_DAMAGED, field="file") from error
            clean.seek(0)
            yield clean


def _copy(source: Readable, target: IO[bytes], limit: int) -> int:
    """Writes the bytes, no more than one chunk beyond the limit, which the keeping of files refuses."""
    size = 0
    while size <= limit and (chunk := source.read(_CHUNK)):
        size += len(chunk)
        target.write(chunk)
    target.flush()
    return size


def _clean(path: Path, target: IO[bytes]) -> None:
    archives.check_contents(path)
    with ZipFile(path) as archive, ZipFile(target, "w", ZIP_DEFLATED) as clean:
        entries = {}
        for entry in archive.infolist():
            name = standard.named(entry.filename)
            if entry.is_dir() or name is None:
                continue
            if name in entries:
                raise NotNow(_l("%(file)s stands twice in the bundle. Keep one of the two.", file=f"{name}.csv"), field="file")
            entries[name] = entry
        if standard.MANIFEST not in entries:
            raise NotNow(_l("This archive is no OneRoster bundle: there is no manifest.csv in it."), field="file")
        for name, entry in entries.items():
            if entry.flag_bits & _ENCRYPTED:
                raise NotNow(_l("The bundle is locked with a password. Send one that is not."), field="file")
            if entry.file_size > LARGEST or len(entries) > MOST_FILES:
                raise NotNow(_TOO_LARGE, field="file")
            clean.writestr(entry.filename[-200:], _table(archive, entry, standard.kept(name)))


def _table(archive: ZipFile, entry: ZipInfo, columns: frozenset[str]) -> bytes:
    """A file with nothing but what stands in these columns; one that was not UTF-8 becomes UTF-16, by which its check knows it."""
    if not columns:
        return b""
    content = archive.read(entry)
    try:
        content.decode()
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "utf-16"
    written = io.StringIO(newline="")
    csv.writer(written).writerows(_rows(decoding.decoded(content), columns))
    return written.getvalue().encode(encoding, "replace")


def _rows(text: str, columns: frozenset[str]) -> Iterator[list[str]]:
    """The heading and the rows; of a row that does not fit the heading, where a password might stand anywhere, only its key."""
    rows = csv.reader(io.StringIO(text, newline=""))
    heading = [cell.strip() for cell in next(rows, [])]
    if columns.isdisjoint(heading):
        heading = []  # it is no heading: anything may stand there
    yield [cell if _HEADING.fullmatch(cell) else "" for cell in heading]
    width = max((place for place, cell in enumerate(heading, 1) if cell), default=0)
    read = [cell in columns for cell in heading]
    for row in rows:
        if not any(row):
            yield []
        elif len(row) < width or any(row[width:]) or any("\n" in cell or "\r" in cell for cell in row):
            yield [row[0] if heading[:1] == ["sourcedId"] and _KEY.fullmatch(row[0]) else UNKNOWN]
        else:
            yield [cell if keep else "" for cell, keep in zip(row, read, strict=False)]
