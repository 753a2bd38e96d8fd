"""The words of notices: one catalogue in templates/emails, for letters and for the lines read in the product."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, has_request_context

from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import LANGUAGES, _, force_locale
from training.kernel.money import Money
from training.kernel.policy import Actor, System, Visitor
from training.kernel.wiring import wired
from training.notices.models import Address, Notification

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


@dataclass(frozen=True)
class Words:
    """A letter's words in the recipient's language."""

    subject: str
    text: str
    html: str
    language: str
    enclosed: tuple[str, str, bytes] | None = None
    """A file that goes with the letter: its name, media type and content."""


@dataclass(frozen=True)
class Line:
    """A notice as it is read in the product."""

    notification: Notification
    words: str
    url: str | None
    """The subject's page for the reader; None when it is not theirs any more."""


def compose(notification: Notification, subject: Any, address: Address) -> Words:
    """The letter about the subject, as that recipient reads it."""
    language = address.language if address.language in LANGUAGES else "en"
    with _outside_requests(), force_locale(language):
        url = absolute(address.link or wired().kinds[notification.subject_kind].url(address.actor or System("notices"), subject))
        told = {"subject": subject, "facts": facts(notification), "address": address, "url": url}
        heading = one_line(_render(f"emails/{notification.name}/subject.txt", told))
        body = _CONTROL.sub("", _render(f"emails/{notification.name}/body.txt", told)).strip()
        frame = {
            "heading": heading,
            "name": one_line(address.name),
            "url": None if url in body else url,
            "public_url": _config().public_url,
        }
        text = _render("emails/_layout.txt", frame | {"body": body})
        html = _render("emails/_layout.html", frame | {"paragraphs": paragraphs(body), "language": language})
        enclose = wired().attachments.get(notification.name)
        enclosed = enclose(subject) if enclose else None
    return Words(heading, _CONTROL.sub("", text).strip() + "\n", html, language, enclosed)


def lines(actor: Actor, rows: Sequence[Notification]) -> list[Line]:
    """The notices in the reader's language; keep the rows few: each subject is looked up with the rights of now."""
    readers: dict[int | None, Actor | None] = {}
    found = []
    for row in rows:
        if row.organisation_id not in readers:
            readers[row.organisation_id] = _reader(actor, row)
        found.append(_line(row, readers[row.organisation_id]))
    return found


def _line(row: Notification, reader: Actor | None) -> Line:
    kind = wired().kinds[row.subject_kind]
    try:
        if reader is None:
            raise NotFound
        subject = kind.find(reader, row.subject_id)
    except NotFound:
        return Line(row, str(_("About something that is not open to you any more.")), None)
    url = kind.url(reader, subject)
    told = {"subject": subject, "facts": facts(row), "address": None, "url": url}
    return Line(row, one_line(_render(f"emails/{row.name}/subject.txt", told)), url)


def _reader(actor: Actor, row: Notification) -> Actor | None:
    """As whom the line's subject is looked up: an account's own page reads each notice in the capacity it came in."""
    if not isinstance(actor, Visitor):
        return actor
    try:
        address: Address | None = wired().addresses[row.to_kind](row.to_id, row.organisation_id)
    except NotFound:
        return None
    return address.actor if address else None


def facts(notification: Notification) -> dict[str, Any]:
    """The notice's facts as the texts use them: `_on` names are dates again, `_at` names moments, pairs with a currency money."""
    return {name: _revived(name, value) for name, value in notification.facts.items()}


def _revived(name: str, value: Any) -> Any:
    match value:
        case str() if name.endswith("_on"):
            return date.fromisoformat(value)
        case str() if name.endswith("_at"):
            return datetime.fromisoformat(value)
        case [int(minor), str(currency)]:
            return Money(minor, currency)
        case _:
            return value


def paragraphs(text: str) -> list[list[list[tuple[str, bool]]]]:
    """The text as paragraphs of lines of pieces, each piece with whether it is a link."""
    return [[list(_pieces(line)) for line in block.splitlines()] for block in re.split(r"\n\s*\n", text) if block.strip()]


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for link in _LINK.finditer(line):
        if link.start() > end:
            yield line[end : link.start()], False
        yield link.group(), True
        end = link.end()
    if end < len(line):
        yield line[end:], False


def one_line(text: str) -> str:
    """The text without line ends and control characters, so that it fits one header; at most 200 characters."""
    return " ".join(_CONTROL.sub("", " ".join(text.split())).split())[:200]


def absolute(url: str) -> str:
    """The whole address of a page, beginning as the installation is configured, whatever host a request named."""
    return url if url.startswith(("http://", "https://")) else _config().public_url + url


def _render(template: str, told: dict[str, Any]) -> str:
    return current_app.jinja_env.get_template(template).render(told)


def _config() -> Config:
    config: Config = current_app.config["CADRE"]
    return config


@contextmanager
def _outside_requests() -> Iterator[None]:
    """Pages have addresses in a background task too."""
    if has_request_context():
        yield
    else:
        with current_app.test_request_context(base_url=_config().public_url):
            yield
