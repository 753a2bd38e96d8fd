"""The product can be put on a phone's first screen, in both languages."""

import json
import struct

import pytest

from training.kernel.config import ROOT

STATIC = ROOT / "training" / "static"


def size_of(name):
    """Width and height as a PNG file says them in its first chunk."""
    return struct.unpack(">II", (STATIC / name).read_bytes()[16:24])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_names_the_manifest_of_its_language_and_the_colour_of_its_look(client, language):
    page = client.get("/", headers={"Accept-Language": language})
    links = {one.get("rel"): one.get("href") for one in page.all("link")}
    colours = {one.get("content") for one in page.all("meta") if one.get("name") == "theme-color"}

    assert links["manifest"].endswith(f"/static/cadre.{language}.webmanifest")
    assert links["apple-touch-icon"].endswith("/static/apple-touch-icon.png")
    assert colours == {"#ffffff"}
    assert "manifest-src 'self'" in page.response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_manifest_names_icons_that_are_there_in_the_size_it_says(language):
    told = json.loads((STATIC / f"cadre.{language}.webmanifest").read_text(encoding="utf-8"))

    assert told["lang"] == language
    assert told["display"] == "standalone"
    assert {one.get("purpose", "any") for one in told["icons"]} == {"any", "maskable"}
    for one in told["icons"]:
        if one["type"] == "image/png":
            assert "x".join(map(str, size_of(one["src"]))) == one["sizes"]
        assert (STATIC / one["src"]).exists()


def test_a_phone_is_given_the_manifest_as_one(client):
    assert client.get("/static/cadre.en.webmanifest").response.mimetype == "application/manifest+json"
