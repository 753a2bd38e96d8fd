"""Lists as answers to a browser; the noun's page has checked who asks and chosen the columns."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, send_file, stream_with_context

from training.exchange.writing import csv_pieces, workbook
from training.files.media import CSV, XLSX, harmless
from training.kernel.listings import OutColumn

FORMS = ("csv", "xlsx")
"""What a list can be downloaded as; the first is taken when something else is asked for."""


def named(name: str) -> dict[str, str]:
    """A file's name for its header: letters that a header cannot hold travel as RFC 5987 says, beside a plain name for old browsers."""
    if name.isascii():
        return {"filename": name}
    plain = " ".join(name.encode("ascii", "ignore").decode().split())
    return {"filename": plain if plain.partition(".")[0] else f"file{plain}", "filename*": f"UTF-8''{quote(name, safe='')}"}


def download(columns: Sequence[OutColumn], rows: Iterable[Any], *, name: str, form: str | None, zone: str = "UTC") -> Response:
    """The rows as a file `name` in the form asked for; CSV begins at once and is read as it is sent."""
    if form == "xlsx":
        response = send_file(
            workbook(columns, rows, zone), mimetype=XLSX, as_attachment=True, download_name=harmless(f"{name}.xlsx", XLSX), etag=False
        )
    else:
        response = Response(stream_with_context(csv_pieces(columns, rows, zone)), mimetype=CSV)
        response.headers.set("Content-Disposition", "attachment", **named(harmless(f"{name}.csv", CSV)))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
