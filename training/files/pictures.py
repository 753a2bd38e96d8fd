"""Photographs made harmless: known kinds of a sound shape, with everything taken out that is not the picture itself.

A camera writes where and when a picture was taken, and with what, into segments beside it (JPEG, ITU T.81 annex B; PNG, W3C 5.3).
Only the segments that a browser needs to draw it are copied, so those, and whatever was hung on behind the picture, are left out. Which
way up a JPEG is meant (EXIF tag 274) is kept.
"""

import struct
import zlib
from collections.abc import Iterator

from training.files.media import JPEG, PNG
from training.kernel.i18n import _l
from training.kernel.policy import NotNow

LIMIT = 5_000_000
"""Bytes of a photograph."""
SIDE = 8_000
"""Pixels of its longer side."""
LEAST = 60
"""Pixels of its shorter side."""

_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWN = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NEEDED = _FRAMES | {0xC4, 0xDA, 0xDB, 0xDD}
"""Frames, Huffman and quantisation tables, scans, restart interval."""
_ORIENTATION = 274

_KIND = _l("This is no photograph that is taken here. Choose a JPEG or PNG file.")
_DAMAGED = _l("This photograph is damaged. Save it again and send that one.")


def harmless(content: bytes) -> tuple[bytes, str]:
    """The picture without what stands beside it, and its media type; NotNow with a sentence for anything else."""
    try:
        if content.startswith(_PNG):
            return _png(content), PNG
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content), JPEG
    except (struct.error, IndexError) as error:
        raise NotNow(_DAMAGED, field="photo") from error
    raise NotNow(_KIND, field="photo")


def _size(width: int, height: int) -> None:
    if not (width and height):
        raise NotNow(_DAMAGED, field="photo")
    if max(width, height) > SIDE or min(width, height) < LEAST:
        raise NotNow(
            _l(
                "The photograph is %(width)d by %(height)d pixels. From %(least)d to %(most)d on a side fit.",
                width=width,
                height=height,
                least=LEAST,
                most=SIDE,
            ),
            field="photo",
        )


def _png(content: bytes) -> bytes:
    """The chunks that draw the picture, each with a checksum that fits."""
    kept, at, drawn = [_PNG], len(_PNG), False
    while True:
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != checksum or (at == len(_PNG)) != (kind == b"IHDR"):
            raise NotNow(_DAMAGED, field="photo")
        if kind == b"IHDR":
            _size(*struct.unpack_from(">2I", content, at + 8))
        if kind in _DRAWN:
            kept.append(content[at:end])
        drawn = drawn or kind == b"IDAT"
        if kind == b"IEND":
            if not drawn:
                raise NotNow(_DAMAGED, field="photo")
            return b"".join(kept)
        at = end


def _jpeg(content: bytes) -> bytes:
    """The segments that draw the picture, up to its end; the way up it is meant in a segment of our own."""
    kept, turned, framed = [b"\xff\xd8"], 1, False
    for marker, segment in _segments(content):
        if marker == 0xE1:
            turned = _orientation(segment[4:]) or turned
        if marker in _FRAMES:
            height, width = struct.unpack_from(">2H", segment, 5)
            _size(width, height)
            framed = True
        if marker in _NEEDED or (marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) == 16):
            kept.append(segment)
    if not framed:
        raise NotNow(_DAMAGED, field="photo")
    if turned != 1:
        kept.insert(1, _way_up(turned))
    return b"".join([*kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments between the picture's beginning and end by their markers, a scan with its data."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise NotNow(_DAMAGED, field="photo")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise NotNow(_DAMAGED, field="photo")
        if marker == 0xDA:
            end = _scanned(content, end)
        yield marker, content[at:end]
        at = end


def _scanned(content: bytes, at: int) -> int:
    """Where the compressed data of a scan end: at the first marker that is none of its own (stuffed zeros, restarts)."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise NotNow(_DAMAGED, field="photo")
        following = content[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _orientation(segment: bytes) -> int | None:
    """The tag of that name in an EXIF segment, 1 to 8."""
    if not segment.startswith(b"Exif\0\0"):
        return None
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 100)):
            tag, kind, _many, value = struct.unpack_from(f"{order}2HIH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (_ORIENTATION, 3) and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return None
    return None


def _way_up(turned: int) -> bytes:
    """An EXIF segment that says nothing else."""
    tiff = b"MM\0*" + struct.pack(">IH2HI2HI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
