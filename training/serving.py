"""The application as a server runs it: its static files beside it, compressed once for each build."""

import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from training.app import create_app
from training.kernel.config import Config
from training.kernel.web import HEADERS

KEPT = 3600
"""Seconds for which a browser uses a static file without asking."""


def application() -> WhiteNoise:
    """The application for gunicorn, configured by the environment."""
    return served(create_app())


def served(app: Flask) -> WhiteNoise:
    """The application with its static files served beside it, smaller for browsers that take them so."""
    config: Config = app.config["CADRE"]
    root = compressed(Path(app.static_folder or ""), config.folder / "cache")
    return WhiteNoise(app, root=str(root), prefix="static/", max_age=KEPT, allow_all_origins=False, add_headers_function=dress)


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
