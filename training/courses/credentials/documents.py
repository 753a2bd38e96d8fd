"""The document of a credential with its supplement: typst sets it, segno draws the code. Only the worker loads this."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
import typst
from babel.dates import format_date
from flask import current_app

from training.courses.assessments.queries import Line as Achieved
from training.courses.assessments.queries import transcript
from training.courses.credentials import queries, services
from training.courses.credentials.models import Credential
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.tree import branches
from training.files import media, storage
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.i18n import force_locale
from training.kernel.policy import System

TEMPLATE = ROOT / "templates" / "documents" / "credential.typ"
LIMIT = 2_000_000
"""Bytes of a document."""


@dataclass(frozen=True)
class Line:
    """A line of the supplement: a module or a part of one, its hours, and its mark where there is one; or an exam at the end, without hours."""

    code: str
    title: str
    hours: int | None
    depth: int = 0
    mark: str = ""


def render(credential_id: int) -> None:
    """Makes the document of a credential and keeps it; made already, it is left alone."""
    actor = System("credentials.render")
    credential = queries.credential(actor, credential_id)
    if credential.file_id is not None:
        return
    address = f"{current_app.config['CADRE'].public_url}/credentials/{credential.slug}"
    made = pdf(credential, address=address, lines=learnt(queries.studied(credential), transcript(queries.enrolment_of(credential))))
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(made, name=f"{credential}.pdf", kinds={media.PDF}, limit=LIMIT)
    services.keep_document(actor, credential, received=received)


def learnt(version: ProgrammeVersion, achieved: Sequence[Achieved] = ()) -> list[Line]:
    """What a version teaches, module by module with the parts, then the exams at its end; with the marks that were passed, as Russian papers write them."""
    with force_locale("ru"):
        marks = {one.module.id if one.module else None: one.mark for one in achieved if one.formed.done}
        modules = [
            Line(one.module.code, one.module.title, one.module.hours, one.depth, marks.get(one.module.id, ""))
            for one in branches(version.modules)
        ]
        return modules + [Line("", one.title, None, mark=one.mark) for one in achieved if one.module is None and one.formed.done]


def pdf(credential: Credential, *, address: str, lines: Sequence[Line]) -> bytes:
    """The document and its supplement as PDF/A-3b with the fonts inside; words come in by values, never as source."""
    values = {
        "number": str(credential),
        "school": credential.school.legal_name,
        "town": credential.school.town,
        "holder": credential.holder,
        "title": credential.title,
        "qualification": credential.qualification or "",
        "hours": str(credential.hours),
        "issued": both(credential.issued_on),
        "until": both(credential.valid_until) if credential.valid_until else "",
        "lines": json.dumps([asdict(line) for line in lines], ensure_ascii=False),
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


def both(day: date) -> str:
    """A day in both languages of the document."""
    return f"{format_date(day, 'd MMMM y', locale='ru')} г. · {format_date(day, 'd MMMM y', locale='en_GB')}"


def squares(text: str) -> str:
    """The dark squares of the QR code of a text: rows of 0 and 1 as JSON."""
    return json.dumps(["".join(str(int(bit)) for bit in row) for row in segno.make(text, error="m", micro=False).matrix])
