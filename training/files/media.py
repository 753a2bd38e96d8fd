"""What a file is, by its content; and names made harmless."""

import re
import unicodedata
from pathlib import Path

import filetype

from training.files import archives

PDF = "application/pdf"
CSV = "text/csv"
TEXT = "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
UNKNOWN = "application/octet-stream"

TABLES = frozenset({CSV, TEXT, XLSX})
"""What an import reads."""
DOCUMENTS = frozenset({PDF, DOCX, PNG, JPEG})
"""What people hand in."""
SHOWN = frozenset({PDF, PNG, JPEG, WEBP})
"""What a browser may show in its own window; all else is only saved."""

_HEAD = 8192
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|!--)", re.IGNORECASE)
_SUFFIXES = {PDF: ".pdf", CSV: ".csv", TEXT: ".txt", XLSX: ".xlsx", DOCX: ".docx", ZIP: ".zip", PNG: ".png", JPEG: ".jpg", WEBP: ".webp"}
_SAME = {CSV: {".csv", ".tsv", ".txt"}, TEXT: {".txt", ".csv", ".tsv"}, JPEG: {".jpg", ".jpeg"}}


def media_type(path: Path, name: str = "") -> str:
    """The media type of the bytes; between CSV and plain text, which are alike, the name decides. NotNow for a dangerous archive."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    if (found := filetype.guess(head)) is not None:
        return found.mime
    if _is_text(head):
        return CSV if name.lower().endswith((".csv", ".tsv")) else TEXT
    return UNKNOWN


def _of_archive(path: Path) -> str:
    inside = set(archives.names(path))
    if "[Content_Types].xml" in inside and "xl/workbook.xml" in inside and "xl/vbaProject.bin" not in inside:
        return XLSX
    if "[Content_Types].xml" in inside and "word/document.xml" in inside and "word/vbaProject.bin" not in inside:
        return DOCX
    return ZIP


def _is_text(head: bytes) -> bool:
    """Whether it reads as text: no control characters, and no markup that a browser could run."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    return not _MARKUP.search(head) and not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def harmless(name: str, media: str) -> str:
    """A file's name without path, control and direction characters, at most 120 characters, with a suffix that fits its content."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"} and sign not in '<>:"|?*')
    stem, dot, suffix = " ".join(kept.split()).strip(". ").rpartition(".")
    wanted = _SUFFIXES.get(media, "")
    ending = f"{dot}{suffix}".lower()
    if not dot or not stem or (wanted and ending not in _SAME.get(media, {wanted})):
        stem, ending = f"{stem}{dot}{suffix}" if not wanted or not stem else stem, wanted
    return f"{stem.strip('. ')[: 120 - len(ending)] or 'file'}{ending}"
