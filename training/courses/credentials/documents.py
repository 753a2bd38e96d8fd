"""The document of a credential: typst sets it, segno draws the code. Only the worker loads this."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import segno
import typst
from babel.dates import format_date
from flask import current_app

from training.courses.credentials import queries, services
from training.courses.credentials.models import Credential
from training.files import media, storage
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.policy import System

TEMPLATE = ROOT / "templates" / "documents" / "credential.typ"
LIMIT = 2_000_000
"""Bytes of a document."""


def render(credential_id: int) -> None:
    """Makes the document of a credential and keeps it; made already, it is left alone."""
    actor = System("credentials.render")
    credential = queries.credential(actor, credential_id)
    if credential.file_id is not None:
        return
    made = pdf(credential, address=f"{current_app.config['CADRE'].public_url}/credentials/{credential.slug}")
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(made, name=f"{credential}.pdf", kinds={media.PDF}, limit=LIMIT)
    services.keep_document(actor, credential, received=received)


def pdf(credential: Credential, *, address: str) -> bytes:
    """The document as PDF/A-3b with its fonts inside; words come in by values, never as source."""
    values = {
        "number": str(credential),
        "school": credential.school.legal_name,
        "town": credential.school.town,
        "holder": credential.holder,
        "title": credential.title,
        "qualification": credential.qualification or "",
        "hours": str(credential.hours),
        "issued_ru": format_date(credential.issued_on, "d MMMM y", locale="ru"),
        "issued_en": format_date(credential.issued_on, "d MMMM y", locale="en_GB"),
        "address": address,
        "code": squares(address),
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(Path(TEMPLATE).parent),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-3b"],
        sys_inputs=values,
        timestamp=int(datetime.combine(credential.issued_on, time(), UTC).timestamp()),
    )
    return made


def squares(text: str) -> str:
    """The dark squares of the QR code of a text: rows of 0 and 1 as JSON."""
    return json.dumps(["".join(str(int(bit)) for bit in row) for row in segno.make(text, error="m", micro=False).matrix])
