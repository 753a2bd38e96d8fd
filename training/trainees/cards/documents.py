"""The sheet of login cards: typst sets it, segno draws the codes. Only the worker loads this."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from flask import current_app

from training.files import media, storage
from training.kernel import clock, keys
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.i18n import _, day_meant, force_locale, format_range
from training.kernel.policy import System
from training.trainees.cards import queries, services
from training.trainees.cards.models import CardSheet

TEMPLATE = ROOT / "templates" / "documents" / "cards.typ"
LIMIT = 20_000_000
"""Bytes of a sheet."""


def render(sheet_id: int) -> None:
    """Makes the document of a sheet with codes minted at this moment; made already, it is left alone."""
    actor = System("cards.print")
    sheet = queries.sheet(actor, sheet_id)
    if sheet.printed_at is not None:
        return
    codes = services.code(actor, sheet)
    made = pdf(sheet, codes, public_url=current_app.config["CADRE"].public_url)
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(made, name=f"cards-{sheet.id}.pdf", kinds={media.PDF}, limit=LIMIT)
    services.keep_document(actor, sheet, received=received)


def pdf(sheet: CardSheet, codes: Mapping[int, str], *, public_url: str) -> bytes:
    """Eight cards a page, in the sheet's language; words come in by values, never as source."""
    with force_locale(sheet.language):
        words = {
            "school": sheet.school.short_name,
            "title": _("Your way into Cadre"),
            "login": _("Login name"),
            "scan": _("Scan the code, or type at %(address)s:", address=f"{public_url.split('://', 1)[-1]}/card"),
            "once": _("Works once, until %(day)s. Then you sign in by the login name and your own password.", day=until(sheet)),
        }
    cards = [
        {
            "name": card.trainee.name,
            "login": card.account.login_name,
            "code": keys.in_fours(codes[card.id]),
            "squares": squares(f"{public_url}/l/{codes[card.id]}"),
        }
        for card in sheet.cards
        if card.id in codes
    ]
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(Path(TEMPLATE).parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={
            "words": json.dumps(words, ensure_ascii=False),
            "cards": json.dumps(cards, ensure_ascii=False),
            "language": sheet.language,
        },
        timestamp=int(clock.now().timestamp()),
    )
    return made


def until(sheet: CardSheet) -> str:
    """The last day on which the cards work."""
    last = day_meant(min(card.expires_at for card in sheet.cards))
    return format_range(last, last)


def squares(text: str) -> list[Any]:
    """The dark squares of the QR code of a text: rows of 0 and 1."""
    return ["".join(str(int(bit)) for bit in row) for row in segno.make(text, error="m", micro=False).matrix]
