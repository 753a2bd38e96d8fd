"""Where the bytes lie: written and synchronised before the transaction that keeps them."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import current_app

from training.files import media
from training.kernel.i18n import _l
from training.kernel.policy import NotNow

_CHUNK = 64 * 1024


class Readable(Protocol):
    """A stream of bytes, such as an upload."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""


@dataclass(frozen=True)
class Received:
    """Bytes that lie in the folder and that no row keeps yet."""

    place: str
    name: str
    media_type: str
    size: int
    sha256: str


def folder() -> Path:
    """The folder of files, outside whatever the web server serves by itself."""
    root: Path = current_app.config["CADRE"].folder / "files"
    return root


def receive(source: Readable | bytes, *, name: str, kinds: frozenset[str] | set[str], limit: int) -> Received:
    """Writes the bytes away, at most `limit` of them, and looks at what they are; NotNow with a sentence unless one of `kinds`.

    Call it before the transaction, and `services.keep_received` inside.
    """
    key = secrets.token_hex(20)
    path = folder() / key[:2] / key
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = False
    try:
        with path.open("xb") as file:
            size, digest = _copy(BytesIO(source) if isinstance(source, bytes) else source, file, limit)
            file.flush()
            os.fsync(file.fileno())
        found = media.media_type(path, name)
        if found in {media.CSV, media.TEXT} and not kinds.isdisjoint({media.CSV, media.TEXT}):
            found = found if found in kinds else next(iter(kinds & {media.CSV, media.TEXT}))
        if found not in kinds:
            raise NotNow(_l("This kind of file is not taken here. Check that its content is what its name says."), field="file")
        taken = True
    finally:
        if not taken:
            path.unlink(missing_ok=True)
    return Received(f"{key[:2]}/{key}", media.harmless(name, found), found, size, digest)


def _copy(source: Readable, target: BinaryIO, limit: int) -> tuple[int, str]:
    size, digest = 0, sha256()
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise NotNow(
                _l("The file is larger than %(most)d MB. Make it smaller or divide it.", most=limit // 1_000_000 or 1), field="file"
            )
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise NotNow(_l("The file is empty. Choose another one."), field="file")
    return size, digest.hexdigest()


def places(before: datetime) -> Iterator[str]:
    """The places of all bytes that were written before a moment."""
    for path in folder().glob("??/*"):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:
            continue
        if datetime.fromtimestamp(written, UTC) < before:
            yield f"{path.parent.name}/{path.name}"


def remove(place: str) -> None:
    """Removes the bytes at a place, if they are still there."""
    (folder() / place).unlink(missing_ok=True)
