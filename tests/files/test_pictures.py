"""Photographs come out without what stands beside them, and nothing else comes in."""

import pytest

from tests.files.pictures import jpeg, png
from training.files.media import JPEG, PNG
from training.files.pictures import LEAST, SIDE, harmless
from training.kernel.policy import NotNow

SECRET = b"54.21N 49.61E, Artyom's phone"


@pytest.mark.parametrize(("make", "kind"), [(png, PNG), (jpeg, JPEG)])
def test_what_a_camera_writes_beside_a_picture_is_left_out(make, kind):
    picture, found = harmless(make(beside=SECRET))

    assert found == kind
    assert SECRET not in picture
    assert len(picture) <= len(make()), "nothing hangs on behind either"
    assert harmless(picture) == (picture, kind)


def test_a_picture_keeps_its_own_parts():
    plain, _kind = harmless(png())

    assert plain == png()
    assert b"\x11\xff\x00\x22\xff\xd0\x33\xff\xd9" in harmless(jpeg())[0], "stuffed zeros and restarts belong to the scan"


@pytest.mark.parametrize("turned", range(2, 9))
def test_which_way_up_a_photograph_is_meant_is_kept(turned):
    picture, _kind = harmless(jpeg(beside=SECRET, turned=turned))

    assert SECRET not in picture
    assert harmless(picture)[0] == picture
    assert bytes([0, turned, 0, 0]) in picture[:60]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(50),
        b"%PDF-1.4",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png()[:-20],
        png()[:40] + b"x" + png()[41:],
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        jpeg()[:-9],
        jpeg()[:30],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe1\xff\xff",
        png(LEAST - 1, 100),
        jpeg(SIDE + 1, 100),
        jpeg(0, 100),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content):
    with pytest.raises(NotNow) as refusal:
        harmless(content)

    assert refusal.value.field == "photo"
