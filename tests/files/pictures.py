"""Pictures of a sound shape, made byte by byte."""

import struct
import zlib


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 80, height: int = 100, *, beside: bytes = b"") -> bytes:
    """A grey PNG; `beside` is written where cameras and programs write."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    told = chunk(b"tEXt", b"Comment\0" + beside) + chunk(b"eXIf", beside) if beside else b""
    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + told + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + beside


def segment(marker: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(width: int = 80, height: int = 100, *, beside: bytes = b"", turned: int | None = None) -> bytes:
    """The segments of a JPEG in their order; its data stand for a picture and are none."""
    exif = b"Exif\0\0II*\0" + struct.pack("<IH2HI2HI", 8, 1, 274, 3, 1, turned or 1, 0, 0) + beside
    frame = struct.pack(">B2HB3B", 8, height, width, 1, 1, 0x11, 0)
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0"),
            segment(0xE1, exif) if beside or turned else b"",
            segment(0xFE, beside) if beside else b"",
            segment(0xDB, bytes(65)),
            segment(0xC0, frame),
            segment(0xC4, bytes(20)),
            segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x11\xff\x00\x22\xff\xd0\x33",
            b"\xff\xd9",
            beside,
        ]
    )
