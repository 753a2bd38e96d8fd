"""The application as a server runs it: its static files beside it, compressed once for each build."""

import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile, mkdtemp
from threading import Lock
from typing import IO, cast
from wsgiref.headers import Headers
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from training.app import create_app
from training.kernel.config import Config
from training.kernel.web import HEADERS

KEPT = 3600
"""Seconds for which a browser uses a static file without asking."""
IN_MEMORY = 256 * 1024
"""Bytes of a request's body that are kept in memory; more goes to a temporary file."""


def application() -> WhiteNoise:
    """The application for gunicorn, configured by the environment."""
    return served(create_app())


class OneAtATime:
    """The application, let one request in at a time for each process, once that request has come in whole.

    A page is work for the processor: two at once in one process hand its lock to and fro at every statement, and both take
    longer (a sixth of all pages). Slow readers and writers hold nobody up: bodies are read before, answers are sent after.
    """

    def __init__(self, app: WSGIApplication, most: int) -> None:
        """Around an application that takes bodies of `most` bytes; larger ones it is left to refuse."""
        self.app, self.most = app, most
        self.turn = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer, begun when it is this request's turn."""
        length = environ.get("CONTENT_LENGTH") or ""
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if length.isdecimal() and 0 < int(length) <= self.most:
                receive(environ["wsgi.input"], int(length), cast("IO[bytes]", body))
                environ["wsgi.input"] = body
            with self.turn:
                return self.app(environ, start_response)


def receive(sender: InputStream, length: int, body: IO[bytes]) -> None:
    """Reads a body of so many bytes until all of it is there, or less where the sender broke off."""
    while length > 0 and (piece := sender.read(min(length, IN_MEMORY))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)


def served(app: Flask) -> WhiteNoise:
    """The application with its static files served beside it, smaller for browsers that take them so."""
    config: Config = app.config["CADRE"]
    root = compressed(Path(app.static_folder or ""), config.folder / "cache")
    return WhiteNoise(
        OneAtATime(app, app.config["MAX_CONTENT_LENGTH"]),
        root=str(root),
        prefix="static/",
        max_age=KEPT,
        allow_all_origins=False,
        add_headers_function=dress,
    )


def dress(headers: Headers, path: str, url: str) -> None:
    """Gives a static file the headers of every answer."""
    for name, value in HEADERS.items():
        headers[name] = value


def compressed(source: Path, cache: Path) -> Path:
    """A copy of the folder in the cache with a `.gz` beside each file that becomes smaller by it; made when a file has changed.

    Several processes may begin at once: each makes its own copy under another name, and the first to be ready gives it its name.
    """
    target = cache / f"static-{build(source)}"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix="static-new-", dir=cache))
    shutil.copytree(source, fresh, dirs_exist_ok=True)
    compressor = Compressor(use_brotli=False, quiet=True)  # the same everywhere: no brotli is among the locked packages
    for path in [path for path in fresh.rglob("*") if path.is_file() and compressor.should_compress(path.name)]:
        compressor.compress(str(path))
    try:
        fresh.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(fresh)
    return target


def build(source: Path) -> str:
    """What tells the static files of one build from those of another: their names and contents."""
    files = [path for path in sorted(source.rglob("*")) if path.is_file()]
    return sha256(b"\0".join(str(path.relative_to(source)).encode() + path.read_bytes() for path in files)).hexdigest()[:12]
