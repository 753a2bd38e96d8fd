"""Too much is refused before it is read: 40 MB are 413 with flat memory, whether the sender says how much comes or not."""

import tracemalloc
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.client import Browser
from tests.pace import paced

HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n'
SIZE = 40 * 1024 * 1024


class Flood(RawIOBase):
    """A form with a file of 40 MB, made as it is read."""

    def __init__(self) -> None:
        self.given = 0
        self.left = SIZE
        self.head = BytesIO(HEAD)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self.head.read(len(buffer)) or b"a,b\r\n" * (min(len(buffer), self.left) // 5)
        buffer[: len(piece)] = piece
        self.given += len(piece)
        self.left -= len(piece)
        return len(piece)


def sent(app, stream: Any, kind: str, length: int | None) -> tuple[str, str, int]:
    """The answer's status and text, and the most memory that it took."""
    environ = EnvironBuilder(path="/sign-in", method="POST", content_type=kind).get_environ()
    environ["wsgi.input"] = stream
    environ.pop("CONTENT_LENGTH", None)
    environ |= {"CONTENT_LENGTH": str(length)} if length is not None else {"wsgi.input_terminated": True}
    tracemalloc.start()
    with app.app_context():
        answer, status, _headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return status, b"".join(answer).decode(), peak


@pytest.mark.parametrize("length", [SIZE + len(HEAD), None])
def test_forty_megabytes_are_refused_with_flat_memory(app, length):
    Browser(app).get("/sign-in")  # what is loaded by the first page is not counted
    flood = Flood()

    status, text, peak = sent(app, flood, "multipart/form-data; boundary=b", length)

    assert status.startswith("413")
    assert "Too large" in text
    assert flood.given <= (0 if length else 21 * 1024 * 1024)
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize("length", [SIZE, None])
def test_a_form_without_files_is_refused_much_sooner(app, length):
    Browser(app).get("/sign-in")
    flood = Flood()

    status, _text, peak = sent(app, flood, "application/x-www-form-urlencoded", length)

    assert status[:3] == ("413" if length else "400")  # cut off, it has lost its token
    assert flood.given <= (0 if length else 2 * 1024 * 1024)
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize("piece", [b"a=&", b"&", b"%00", b"a[]=b&"])
def test_a_million_signs_of_anything_are_answered_in_time(app, piece):
    with paced() as taken:
        page = Browser(app).post("/sign-in", piece * (1_000_000 // len(piece)), content_type="application/x-www-form-urlencoded")

    assert page.status in (400, 413)
    assert taken.floors < 80
