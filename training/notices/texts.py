"""The words of notices: one catalogue in templates/emails, for letters and for the lines read in the product."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from training.notices import topics
from training.notices.models import ACCOUNT, Address, Notification

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
    stop_url: str | None = None
    """The address that stops letters of this topic, where that is lawful."""


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
    topic = topics.topic_of(notification.name) if notification.to_kind == ACCOUNT else None
    stop_url = topics.stop_url(notification.to_id, topic) if topic else None
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
            "stop_url": stop_url,
            "label": str(wired().topics[topic].label) if topic else None,
        }
        text, html = _framed(frame, body, language)
        enclose = wired().attachments.get(notification.name)
        enclosed = enclose(subject, facts(notification)) if enclose else None
    return Words(heading, text, html, language, enclosed, stop_url)


def gather(rows: Sequence[Notification], address: Address, account_id: int) -> tuple[Words | None, list[Notification]]:
    """The one letter of a morning about many notices, and those of them that are not the reader's any more; no letter when none is left."""
    language = address.language if address.language in LANGUAGES else "en"
    stop_url = topics.stop_url(account_id, topics.EVERYTHING)
    with _outside_requests(), force_locale(language):
        told = lines(Visitor(account_id), rows)
        shown = [line for line in told if line.url is not None]
        gone = [line.notification for line in told if line.url is None]
        if not shown:
            return None, gone
        facts = {"lines": [(line.words, absolute(line.url or "")) for line in shown]}
        heading = one_line(_render("emails/notice.digest/subject.txt", facts))
        body = _CONTROL.sub("", _render("emails/notice.digest/body.txt", facts)).strip()
        frame = {
            "heading": heading,
            "name": one_line(address.name),
            "url": None,
            "public_url": _config().public_url,
            "stop_url": stop_url,
            "label": None,
        }
        text, html = _framed(frame, body, language)
    return Words(heading, text, html, language, None, stop_url), gone


def _framed(frame: dict[str, Any], body: str, language: str) -> tuple[str, str]:
    """The letter's body with what stands around it, as plain text and as HTML."""
    text = _render("emails/_layout.txt", frame | {"body": body})
    html = _render("emails/_layout.html", frame | {"paragraphs": paragraphs(body), "language": language})
    return _CONTROL.sub("", text).strip() + "\n", html


def lines(actor: Actor, rows: Sequence[Notification]) -> list[Line]:
    """The notices in the reader's language, each subject with the rights of now: a statement for each kind of subject, where its noun finds many at once."""
    readers: dict[int | None, Actor | None] = {}
    for row in rows:
        if row.organisation_id not in readers:
            readers[row.organisation_id] = _reader(actor, row)
    subjects: dict[tuple[int | None, str], Mapping[int, Any]] = {}
    for capacity, kind in dict.fromkeys((row.organisation_id, row.subject_kind) for row in rows):
        keys = {row.subject_id for row in rows if (row.organisation_id, row.subject_kind) == (capacity, kind)}
        subjects[capacity, kind] = _subjects(readers[capacity], kind, keys)
    return [_line(row, readers[row.organisation_id], subjects[row.organisation_id, row.subject_kind].get(row.subject_id)) for row in rows]


def _subjects(reader: Actor | None, name: str, keys: Collection[int]) -> Mapping[int, Any]:
    """What of these records the reader may see now."""
    return {} if reader is None else wired().kinds[name].seen(reader, keys)


def _line(row: Notification, reader: Actor | None, subject: Any) -> Line:
    kind = wired().kinds[row.subject_kind]
    if reader is None or subject is None:
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
