"""Hostile input: the values, the forms of a page that take them, how they are sent, and what may never come back."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import TypeVar
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

from training.kernel import clock

HTML = "\"'><script>alert(7)</script><img src=x onerror=alert(7)><svg onload=alert(7)>"
ATTRIBUTE = '" onfocus=alert(7) autofocus x="'
TEMPLATE = "x{{7*7}}:y${7*7}:y<%= 7*7 %>:y#{7*7}:y{% for a in (1,2) %}z:{% endfor %}"
LIVE = re.compile(
    r"<script>alert\(7|<img src=x|<svg onload|\" onfocus=alert|(?:href|src|action)=[\"']?\s*javascript:alert|x49:y|y49:y|yz:z:"
)
"""What an answer holds only when a value came back alive: as code, as an attribute, or worked out by a template."""
TEXTS: dict[str, bytes] = {
    "very long text": "ж".encode() * 50_000,
    "NUL": b"a\0b",
    "nothing but NUL": b"\0",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "invalid UTF-8": b"\xff\xfe\x80",
    "a huge integer": b"9" * 30,
    "an integer of 5,000 digits": b"9" * 5_000,
    "one above 32 bits": b"2147483648",
    "one above 64 bits": b"9223372036854775808",
    "a negative number": b"-1",
    "zero": b"0",
    "a number beyond floats": b"1e400",
    "not a number": b"NaN",
    "infinity": b"-Infinity",
    "other digits": "٣²½".encode(),
    "the year 0": b"0000-01-01",
    "the last day there is": b"9999-12-31",
    "the first day there is": b"0001-01-01",
    "the 31st of February": b"2026-02-31",
    "no time of day": b"25:61",
    "HTML": HTML.encode(),
    "an attribute": ATTRIBUTE.encode(),
    "an address that runs": b"javascript:alert(7)//",
    "a template": TEMPLATE.encode(),
    "SQL": b"'; DROP TABLE account; --' OR '1'='1",
    "line ends": b"a\r\nBcc: all@hostile.example\r\n\r\nb\nEND:VEVENT\nBEGIN:VEVENT",
    "control signs": b"\x01\x02\x08\x0b\x0c\x1b[31m\x7f",
    "signs that turn the text": "\u202eabc\u2066\ufeff\U000e0041".encode(),
    "blanks alone": b" \t\r\n ",
    "nothing": b"",
    "a field of a list": b"[1, {}]",
}
FOREIGN = ("organisation_id", "school_id", "employer_id", "trainee_id", "account_id", "role", "roles", "is_admin", "operator", "state")
"""Fields that nobody may slip in: whose record it is, what one is allowed, where it stands."""
PNG = b"\x89PNG\r\n\x1a\n"
WIDE = b"\0\0\0\rIHDR\xff\xff\xff\x00\xff\xff\xff\x00\x08\x06\0\0\0"
FILES: dict[str, tuple[bytes, str, bytes]] = {
    "an empty file": (b"empty.pdf", "application/pdf", b""),
    "HTML dressed as PDF": (b"agreement.pdf", "application/pdf", b"<!doctype html><script>alert(7)</script>"),
    "HTML behind the first line of a PDF": (b"agreement.pdf", "application/pdf", b"%PDF-1.7\n<script>alert(7)</script>"),
    "a picture named as a table": (b"people.csv", "text/csv", PNG + WIDE),
    "a picture 4 billion signs wide": (b"me.png", "image/png", PNG + WIDE + zlib.crc32(WIDE[4:]).to_bytes(4, "big")),
    "a workbook that is none": (b"people.xlsx", "application/octet-stream", b"PK\x03\x04" + b"\0" * 900),
    "a name that climbs": (b"../../../../etc/cron.d/evil.csv", "text/csv", b"a,b\n1,2\n"),
    "a name with line ends": (b"a%0D%0AX-Evil: 1\xc3.csv", "text/csv\\", b"a,b\n1,2\n"),
    "a name of NUL and HTML": (b"<img src=x onerror=alert(7)>\0.csv", "text/html", "name;born\n".encode("utf-16")),
    "a very long name": (b"n" * 5_000 + b".csv", "text/csv", b"\xff\xfe\0,\0\n\0,\0"),
    "a table of NUL and quotes": (b"people.csv", "text/csv", b'"\0","' + b'"' * 999 + b"\n"),
    "a table one line long": (b"people.csv", "text/csv", b"a," * 50_000),
    "a card to print": (b"a.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(7)"/>'),
}
T = TypeVar("T")
BOUNDARY = b"hostile-boundary-7"


@dataclass
class Form:
    """A form of a page: where it leads, its fields with what stands in them, and their types."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """The fields that a person, or somebody who is none, can change."""
        return [name for name in self.kinds if name not in ("csrf_token", "receipt_key") and self.kinds[name] not in ("submit", "file")]

    @property
    def files(self) -> list[str]:
        """The fields that take files."""
        return [name for name, kind in self.kinds.items() if kind == "file"]


def likely(kind: str, name: str) -> str:
    """Something that fits a field which stands empty."""
    match kind:
        case "email":
            return "hostile@hostile.example"
        case "date":
            return (clock.today() + timedelta(days=30)).isoformat()
        case "time":
            return "10:00"
        case "number":
            return "1"
        case "url":
            return "https://hostile.example/"
        case "password":
            return "seven green kettles hum"
        case "file" | "submit" | "hidden":
            return ""
        case _:
            return "Words" if name != "q" else ""


class Reader(HTMLParser):
    """Reads forms and the names in the query strings of links out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.parameters: set[str] = set()
        self.open: Form | None = None
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "a" and given.get("href", "").startswith(("?", "/")):
            self.parameters |= {key for key, _value in parse_qsl(urlsplit(given["href"]).query, keep_blank_values=True)}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        if tag == "option" and self.select is not None:
            self._option(given)
        if not name:
            return
        if tag == "input":
            self._input(self.open, name, given)
        elif tag == "select":
            self.select = name
            self.open.kinds[name] = "select"
        elif tag == "textarea":
            self.area = name
            self.open.kinds[name] = "textarea"
            self.open.fields.append((name, "Words"))
        elif tag == "button":
            self.open.kinds.setdefault(name, "hidden")

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        if tag == "form":
            self.open = None
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        """What stands in a text field."""
        if self.area is not None and self.open is not None and data.strip():
            self.open.fields[-1] = (self.area, data.lstrip("\n"))

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("radio", "checkbox"):
            chosen = dict(form.fields)
            if "checked" in given or (kind == "radio" and name not in chosen):
                form.fields.append((name, given.get("value") or "y"))
        elif kind != "file":
            form.fields.append((name, given.get("value") or likely(kind, name)))
        form.kinds.setdefault(name, kind)

    def _option(self, given: dict[str, str]) -> None:
        assert self.open is not None
        assert self.select is not None
        before = dict(self.open.fields).get(self.select)
        if "selected" in given or (not before and given.get("value")):
            self.open.fields = [one for one in self.open.fields if one[0] != self.select] + [(self.select, given.get("value", ""))]


def read(text: str) -> Reader:
    """The forms and parameters of a page."""
    reader = Reader()
    reader.feed(text)
    return reader


Sent = list[tuple[str, bytes]]


def urlencoded(fields: Sequence[tuple[str, bytes]]) -> bytes:
    """Fields as a form sends them, every byte as it is."""
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in fields).encode()


def multipart(fields: Sequence[tuple[str, bytes]], files: Sequence[tuple[str, tuple[bytes, str, bytes]]]) -> bytes:
    """Fields and files as a form sends them, every byte as it is."""
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value) for name, value in fields]
    parts += [
        b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n%s'
        % (name.encode(), title, kind.encode(), content)
        for name, (title, kind, content) in files
    ]
    return b"".join(b"--%s\r\n%s\r\n" % (BOUNDARY, part) for part in parts) + b"--%s--\r\n" % BOUNDARY


def variants(
    form: Form, foreign: int, place: int, few: int | None
) -> Iterator[tuple[str, Sent, list[tuple[str, tuple[bytes, str, bytes]]]]]:
    """What is sent to a form: a hostile value in each field by turns, all fields hostile, doubled, missing, and some too many.

    All of them, or a `few` that begin at `place`, so that many forms together try every value.
    """
    usual = [(name, value.encode()) for name, value in form.fields]
    singles = [(name, value) for value in TEXTS for name in form.typed]
    files = [(name, file) for file in FILES for name in form.files]
    for name, value in some(singles, place, few):
        yield f"{value} in {name}", [*(one for one in usual if one[0] != name), (name, TEXTS[value])], []
    for value in some(list(TEXTS), place * 7, few and 2):
        yield f"{value} in every field", [(name, TEXTS[value]) for name in form.typed], []
    for name, file in some(files, place, few and 4):
        yield f"{file} in {name}", usual, [(name, FILES[file])]
    shapes: list[tuple[str, Sent]] = [
        ("too many fields", [*usual, *((name, str(foreign).encode()) for name in FOREIGN if name not in form.kinds)]),
        ("no field", []),
        ("every field twice", [*usual, *((name, HTML.encode()) for name in form.typed)]),
        ("fields nobody asked for", [*usual, *((f"x{number}[]\0", b"y") for number in range(300))]),
    ]
    for words, sent in some(shapes[1:], place, few and 1):
        yield words, sent, []
    yield shapes[0][0], shapes[0][1], []


def some(everything: Sequence[T], place: int, few: int | None) -> Sequence[T]:
    """All, or `few` of them from that place on, going round."""
    if few is None or len(everything) <= few:
        return everything
    return [everything[(place * few + number * 11) % len(everything)] for number in range(few)]
