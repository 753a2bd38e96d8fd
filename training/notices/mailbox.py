"""The demonstration's mail: the letters that became files, for the operator's page."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import current_app

from training.kernel.config import Config
from training.kernel.db import NotFound

_NAME = re.compile(r"(?:notice|digest)-\d+@[\w.:-]+")
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


@dataclass(frozen=True)
class Letter:
    """A letter that became a file."""

    name: str
    """Its message id, and its place in the page's address."""
    subject: str
    to: str
    sent_at: datetime
    text: str = ""
    html: str = ""

    @property
    def links(self) -> list[str]:
        """The addresses the text names, in order."""
        return list(dict.fromkeys(_LINK.findall(self.text)))


def letters(limit: int = 50, to: str | None = None) -> list[Letter]:
    """The newest letters, newest first, without their texts; `to` keeps those to one e-mail address."""
    files = sorted(_folder().glob("*-*.eml"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    found = []
    for path in files:
        with path.open("rb") as file:
            head = BytesParser(EmailMessage, policy=policy.default).parse(file, headersonly=True)
        if to is None or to.casefold() == head["To"].addresses[0].addr_spec.casefold():
            found.append(_letter(path.stem, head))
        if len(found) == limit:
            break
    return found


def letter(name: str) -> Letter:
    """One letter with its texts, or NotFound."""
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    with path.open("rb") as file:
        whole = BytesParser(EmailMessage, policy=policy.default).parse(file)
    return _letter(name, whole, text=_part(whole, "plain"), html=_part(whole, "html"))


def empty() -> None:
    """Throws the letters away: what they were about is gone."""
    for path in _folder().glob("*.eml"):
        path.unlink(missing_ok=True)


def _letter(name: str, message: EmailMessage, text: str = "", html: str = "") -> Letter:
    return Letter(name, str(message["Subject"]), str(message["To"]), message["Date"].datetime, text, html)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content().replace("\r\n", "\n") if isinstance(part, EmailMessage) else ""


def _folder() -> Path:
    config: Config = current_app.config["CADRE"]
    return config.folder / "mail"
