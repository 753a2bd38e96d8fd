"""The post: letters go to the mail server, or become files in the demonstration; a server that is away is not asked for every letter."""

import logging
import os
import re
import secrets
import smtplib
import ssl
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.errors import MessageError
from email.headerregistry import Address as MailAddress
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zlib import crc32

from flask import current_app

from training.jobs.leases import Later
from training.kernel import clock
from training.kernel.config import Config
from training.notices.models import Address
from training.notices.texts import Words, one_line

TO_CONNECT = 10
"""Seconds that the mail server has for each of its answers."""
TO_ACCEPT = 60
"""Seconds that it has to take over a whole letter: one that is given up too early is sent twice."""
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=5)
CLOSING = 421
"""The answer of a server that is going away."""
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]{1,253}")

log = logging.getLogger(__name__)


class Whole(UnstructuredHeader, BaseHeader):
    """A header of one long address: folding would write it in an encoding that mail programs do not read there."""

    def fold(self, *, policy: Policy) -> str:
        """The header in one line, which RFC 5322 allows up to 998 characters."""
        return f"{self.name}: {self}{policy.linesep}"


_REGISTRY = HeaderRegistry()
_REGISTRY.map_to_type("List-Unsubscribe", Whole)
LETTERS = policy.SMTP.clone(header_factory=_REGISTRY)
"""How letters are written."""


class Refused(Exception):
    """The mail server will never take this letter, or nobody can be written to at that address; `code` is the server's answer, if it gave one."""

    def __init__(self, words: str, code: int | None = None) -> None:
        """What was refused, and by which answer."""
        super().__init__(words)
        self.code = code


class Unsent(Exception):
    """The mail server puts off this letter alone, by the answer `code`."""

    def __init__(self, words: str, code: int) -> None:
        """What was put off, and by which answer."""
        super().__init__(words)
        self.code = code


@dataclass
class Circuit:
    """What this process knows of the mail server: whether to leave it alone, and how long."""

    until: datetime | None = None
    pause: timedelta = FIRST_PAUSE

    def trip(self) -> None:
        """The server did not answer: it is left alone, each time twice as long, at most five minutes."""
        self.until = clock.now() + self.pause
        self.pause = min(LONGEST_PAUSE, self.pause * 2)

    def mend(self) -> None:
        """The server answers again."""
        self.until, self.pause = None, FIRST_PAUSE


def ready(key: str) -> None:
    """Raises Later while the mail server is left alone."""
    circuit = _circuit()
    if circuit.until is not None and clock.now() < circuit.until:
        raise _later(circuit.until, key)


def send(key: str, address: Address, words: Words) -> None:
    """Hands the letter `key` (`notice-7`, `digest-3`) over; Refused, Unsent or Later when it was not taken."""
    config: Config = current_app.config["CADRE"]
    letter = write(config, key, address, words)
    if config.smtp is None:
        keep(config.folder / "mail", letter)
        return
    circuit = _circuit()
    try:
        hand_over(config.smtp, letter)
    except OSError as error:  # smtplib's errors are OSErrors too; answers about this letter alone have become Refused or Unsent
        circuit.trip()
        log.warning("the mail server does not answer: %s", type(error).__name__)
        assert circuit.until is not None
        raise _later(circuit.until, key) from error
    circuit.mend()


def write(config: Config, key: str, address: Address, words: Words) -> EmailMessage:
    """The letter with its headers; no name or title can add one. Refused when the address is none."""
    letter = EmailMessage(policy=LETTERS)
    name, sender = parseaddr(config.mail_from)
    letter["From"] = mailbox_of(name, sender)
    letter["To"] = mailbox_of(address.name, address.email or "")
    letter["Subject"] = one_line(words.subject)
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<{key}@{urlsplit(config.public_url).hostname}>"
    letter["Auto-Submitted"] = "auto-generated"
    if words.stop_url is not None:
        letter["List-Unsubscribe"] = f"<{words.stop_url}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    letter.set_content(words.text, cte="quoted-printable")
    letter.add_alternative(words.html, subtype="html", cte="quoted-printable")
    if words.enclosed is not None:
        name, media_type, content = words.enclosed
        letter.add_attachment(content, *media_type.split("/"), filename=name)
    letter["Content-Language"] = words.language  # after the parts: making them takes the content's headers away
    return letter


def mailbox_of(name: str, email: str) -> MailAddress:
    """A name and an address as a header takes them; domains in other letters than Latin in their ASCII form."""
    local, _at, domain = email.strip().rpartition("@")
    try:
        plain = domain.encode("idna").decode()
        if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(plain)):
            raise Refused("not an address")
        return MailAddress(display_name=one_line(name), username=local, domain=plain)
    except (ValueError, MessageError) as error:
        raise Refused("not an address") from error


def keep(folder: Path, letter: EmailMessage) -> None:
    """The letter as a file named by its message id: whole or not there, and the same letter again replaces it."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{secrets.token_hex(8)}.draft"
    draft.write_bytes(letter.as_bytes())
    os.replace(draft, folder / f"{letter['Message-ID'].strip('<>')}.eml")  # noqa: PTH105 (the one call that replaces in one step everywhere)


def forget(folder: Path, notice_ids: Collection[int]) -> int:
    """Removes the letters of these notices from the folder, as far as they are there; returns how many."""
    gone = 0
    wanted = {f"notice-{key}" for key in notice_ids}
    for path in folder.glob("notice-*.eml"):
        if path.name.partition("@")[0] in wanted:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def hand_over(server: str, letter: EmailMessage) -> None:
    """Gives the letter to the server at `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`."""
    url = urlsplit(server)
    port = url.port or PORTS[url.scheme]
    host = url.hostname or "localhost"
    context = ssl.create_default_context()
    client = (
        smtplib.SMTP_SSL(host, port, timeout=TO_CONNECT, context=context)
        if url.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=TO_CONNECT)
    )
    try:
        if url.scheme == "smtp+starttls":
            client.starttls(context=context)
        if url.username:
            client.login(unquote(url.username), unquote(url.password or ""))
        _give(client, letter)
    finally:
        client.close()


def _give(client: smtplib.SMTP, letter: EmailMessage) -> None:
    """The letter itself: an answer about it is Refused (for good) or Unsent (for now); one about ourselves is the server's trouble."""
    client.ehlo_or_helo_if_needed()
    code, _words = client.mail(letter["From"].addresses[0].addr_spec)
    if code >= 400:
        raise smtplib.SMTPServerDisconnected(f"the server does not take letters from here: answer {code}")
    _answered(client.rcpt(letter["To"].addresses[0].addr_spec)[0])
    if client.sock is not None:
        client.sock.settimeout(TO_ACCEPT)
    try:
        _answered(client.data(letter.as_bytes())[0])
    except smtplib.SMTPDataError as error:
        _answered(error.smtp_code)
    with suppress(OSError):  # the letter is theirs: nothing that follows matters
        client.putcmd("quit")


def _answered(code: int) -> None:
    if code == CLOSING:
        raise smtplib.SMTPServerDisconnected("the server is closing")
    if code >= 500:
        raise Refused(f"answer {code}", code)
    if code >= 400:
        raise Unsent(f"the mail server puts the letter off: answer {code}", code)


def _circuit() -> Circuit:
    circuit: Circuit = current_app.extensions.setdefault("post", Circuit())
    return circuit


def _later(until: datetime, key: str) -> Later:
    """When the letter is tried again; letters are spread, so that they do not come back as one wave."""
    return Later(until + timedelta(milliseconds=crc32(key.encode()) % 5000), "the mail server does not answer")
