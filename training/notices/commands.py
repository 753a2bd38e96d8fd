"""Letters that come back: `flask notices bounced`, fed by the mail server."""

import re
import sys
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

import click
from flask.cli import AppGroup

from training.kernel.policy import System
from training.notices import services

group = AppGroup("notices", help="Letters.")

_KEY = re.compile(r"<((?:notice|digest)-\d{1,9})@[\w.:-]+>")


@group.command()
def bounced() -> None:
    """Read one delivery report (RFC 3464) from standard input and note that its letter came back.

    Let the mail server pipe what comes to the address of CADRE_MAIL_FROM to this command.
    """
    key, code = read_report(parsed(sys.stdin.buffer.read()))
    if key is None or not code.startswith("5"):
        raise SystemExit("This is no report that a letter of ours came back for good.")
    click.echo(f"{key}: came back, {code}." if services.bounced(System("bounces"), key=key, code=code) else f"{key} is not known here.")


def parsed(whole: bytes) -> EmailMessage:
    """A letter as it came."""
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(whole)


def read_report(report: EmailMessage) -> tuple[str | None, str]:
    """Which letter a delivery report is about, and the status it gives (`5.1.1`; empty when it gives none)."""
    key, code = None, ""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            code = next((str(block["Status"]).strip() for block in _blocks(part) if block["Status"]), code)
        elif kind in ("text/rfc822-headers", "message/rfc822"):
            text = part.as_bytes().decode("ascii", "replace") if kind == "message/rfc822" else str(part.get_content())
            if found := re.search(rf"(?im)^message-id:\s*{_KEY.pattern}", text):
                key = found[1]
    return key, code[:60]


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a status report: of the server, then of each recipient."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
