"""The application as a server runs it: static files compressed, dressed, and made once."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Event
from time import sleep

import pytest
from werkzeug.test import Client, TestResponse

from training.kernel.config import ROOT
from training.kernel.web import HEADERS
from training.serving import OneAtATime, compressed, served

STATIC = ROOT / "training" / "static"
SHEET = "css/theme.css"
MOST = 1000


@pytest.fixture
def server(app):
    return Client(served(app))


def fetch(server: Client, name: str, **headers: str) -> TestResponse:
    response = server.get(f"/static/{name}", headers=headers)
    response.get_data()
    response.close()
    return response


def test_a_browser_that_takes_gzip_gets_the_same_file_smaller(server):
    plain, small = fetch(server, SHEET), fetch(server, SHEET, **{"Accept-Encoding": "gzip, br"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(small.data) == plain.data == (STATIC / SHEET).read_bytes()
    assert len(small.data) < 0.4 * len(plain.data)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"


def test_fonts_are_small_already(server):
    assert "Content-Encoding" not in fetch(server, "vendor/inter/inter-latin.woff2", **{"Accept-Encoding": "gzip"}).headers


def test_a_static_file_has_the_headers_of_every_answer(server):
    headers = fetch(server, SHEET).headers

    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == "max-age=3600, public"
    assert "Access-Control-Allow-Origin" not in headers


def test_an_unchanged_file_is_not_sent_again(server):
    first = fetch(server, SHEET)

    assert fetch(server, SHEET, **{"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "css/theme.css.gz/..", "nothing.css"])
def test_nothing_else_is_served(server, name):
    assert fetch(server, name).status_code == 404


def test_the_pages_are_those_of_the_application(server):
    assert server.get("/sign-in").status_code == 200


def test_the_files_are_compressed_once_for_each_build(tmp_path):
    source = tmp_path / "static"
    source.mkdir()
    (source / "a.css").write_text("a { color: red }\n" * 100)

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _number: compressed(source, tmp_path / "cache"), range(8)))
    (source / "a.css").write_text("a { color: blue }\n" * 100)
    changed = compressed(source, tmp_path / "cache")

    assert len(made) == 1
    assert changed not in made
    assert sorted(one.name for one in changed.iterdir()) == ["a.css", "a.css.gz"]
    assert len(list((tmp_path / "cache").iterdir())) == 2


class Inside:
    """An application that notes how many are inside at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.bodies: list[bytes] = []

    def __call__(self, environ, start_response):
        self.now += 1
        self.most = max(self.most, self.now)
        self.bodies.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        sleep(0.01)
        self.now -= 1
        start_response("200 OK", [])
        return [b"done"]


class Slow:
    """A body whose second half comes when it is let."""

    def __init__(self) -> None:
        self.begun, self.rest = Event(), Event()

    def read(self, size: int) -> bytes:
        if not self.begun.is_set():
            self.begun.set()
            return b"a" * min(size, 3)
        assert self.rest.wait(10)
        return b"b" * size


def visit(server: OneAtATime, **environ: object) -> bytes:
    def start(status, headers, error=None):
        return BytesIO().write

    return b"".join(server({"wsgi.input": BytesIO(), **environ}, start))


def test_one_request_at_a_time_is_inside_a_process():
    inside = Inside()
    server = OneAtATime(inside, MOST)

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _one: visit(server), range(24)))

    assert answers == [b"done"] * 24
    assert inside.most == 1


def test_a_body_that_comes_slowly_holds_nobody_up():
    inside, body = Inside(), Slow()
    server = OneAtATime(inside, MOST)

    with ThreadPoolExecutor(2) as people:
        slow = people.submit(visit, server, CONTENT_LENGTH="8", **{"wsgi.input": body})
        assert body.begun.wait(10)
        assert visit(server) == b"done"
        assert not slow.done()
        body.rest.set()
        assert slow.result(10) == b"done"

    assert inside.bodies == [b"", b"aaabbbbb"]


def test_a_body_that_is_too_large_is_left_for_the_application_to_refuse():
    seen = []

    def refusing(environ, start_response):
        seen.append(environ["wsgi.input"])
        return []

    body = BytesIO(b"c" * 1001)

    visit(OneAtATime(refusing, MOST), CONTENT_LENGTH="1001", **{"wsgi.input": body})

    assert seen == [body]
    assert body.tell() == 0


def test_an_error_inside_lets_the_next_one_in():
    def broken(environ, start_response):
        raise ValueError

    server = OneAtATime(broken, MOST)

    for _again in range(2):
        with pytest.raises(ValueError):
            visit(server)
