"""Sending a kept file; the noun's page has checked who asks."""

from flask import Response, send_file

from training.files import queries
from training.files.media import SHOWN
from training.files.models import StoredFile


def send(file: StoredFile, *, inline: bool = False) -> Response:
    """The file as a download under its own name; `inline` lets the browser show it, where that is harmless.

    The name travels as RFC 6266 and RFC 5987 say; the content cannot run, be guessed at or be kept by caches on the way.
    """
    shown = inline and file.media_type in SHOWN
    response = send_file(queries.path(file), mimetype=file.media_type, as_attachment=not shown, download_name=file.name, etag=False)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
