"""The application as a server runs it: static files compressed, dressed, and made once."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import Client, TestResponse

from training.kernel.config import ROOT
from training.kernel.web import HEADERS
from training.serving import compressed, served

STATIC = ROOT / "training" / "static"
SHEET = "css/theme.css"


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
