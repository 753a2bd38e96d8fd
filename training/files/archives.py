"""Zip archives (XLSX and DOCX are such) judged by their central directory, before anything is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from training.kernel.i18n import _l
from training.kernel.policy import NotNow

ENTRIES = 2_000
UNPACKED = 256 * 1024 * 1024
"""Bytes of all entries together."""
RATIO = 150
"""Unpacked bytes for each packed one; office files reach about 30."""
_SMALL = 1024 * 1024
"""Below this much unpacked the ratio says nothing."""
_DIRECTORY = 1024 * 1024
"""Bytes of a central directory that is read at all."""
_END = struct.Struct("<4s4H2LH")
_CHUNK = 256 * 1024

_TOO_LARGE = _l("This file unpacks to far more than it seems to hold. Save it again in your spreadsheet program, or send a CSV file.")
_DAMAGED = _l("This file is damaged and cannot be opened. Save it again and send that one.")


def names(path: Path) -> list[str]:
    """The names in an archive that is safe to unpack; NotNow for a damaged one, a bomb, or one whose entries leave its folder."""
    _directory(path)
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, UnicodeError, struct.error) as error:
        raise NotNow(_DAMAGED, field="file") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = path.stat().st_size
    if len(entries) > ENTRIES or unpacked > UNPACKED or (unpacked > _SMALL and unpacked > packed * RATIO):
        raise NotNow(_TOO_LARGE, field="file")
    if any(entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/") for entry in entries):
        raise NotNow(_DAMAGED, field="file")
    return [entry.filename for entry in entries]


def check_contents(path: Path) -> None:
    """Refuses an archive in which an entry holds more than the central directory says; unpacks, so it belongs into a job."""
    try:
        with ZipFile(path) as archive, path.open("rb") as bytes_:
            for entry in archive.infolist():
                if entry.compress_type == zipfile.ZIP_DEFLATED and _inflated(bytes_, entry) > entry.file_size:
                    raise NotNow(_TOO_LARGE, field="file")
                if entry.compress_type not in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED}:
                    raise NotNow(_DAMAGED, field="file")
    except (BadZipFile, zlib.error, struct.error) as error:
        raise NotNow(_DAMAGED, field="file") from error


def _directory(path: Path) -> None:
    """Refuses a central directory that would take long to read: too many entries, or one of the 64-bit kind."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise NotNow(_DAMAGED, field="file")
    _sign, _disk, _first, _here, entries, directory, _offset, _comment = _END.unpack_from(tail, at)
    if entries > ENTRIES or directory > _DIRECTORY or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise NotNow(_TOO_LARGE, field="file")


def _inflated(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """How many bytes an entry really unpacks to, counted no further than one byte more than it says."""
    file.seek(entry.header_offset)
    head = file.read(30)
    name, extra = struct.unpack("<26x2H", head)
    file.seek(entry.header_offset + 30 + name + extra)
    inflate, packed, unpacked = zlib.decompressobj(-15), entry.compress_size, 0
    rest = b""
    while not inflate.eof and unpacked <= entry.file_size:
        if not rest:
            rest = file.read(min(_CHUNK, packed))
            packed -= len(rest)
            if not rest:
                break
        unpacked += len(inflate.decompress(rest, min(_CHUNK, entry.file_size + 1 - unpacked)))
        rest = inflate.unconsumed_tail
    return unpacked
