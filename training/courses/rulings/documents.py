"""The document of a ruling: typst sets it. Only the worker loads this."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import typst
from babel.dates import format_date

from training.courses.rulings import queries, services
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.orders import ABOUT, ordered
from training.files import media, storage
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.i18n import _, force_locale
from training.kernel.policy import System

TEMPLATE = ROOT / "templates" / "documents" / "ruling.typ"
LANGUAGE = "ru"
"""Rulings are papers of Russian schools."""
LIMIT = 10_000_000
"""Bytes of a document."""


def render(ruling_id: int) -> None:
    """Makes the document of a signed ruling and keeps it; made already, it is left alone."""
    actor = System("rulings.render")
    ruling = queries.ruling(actor, ruling_id)
    if ruling.file_id is not None:
        return
    with force_locale(LANGUAGE):
        made = pdf(ruling, queries.lines(ruling))
    number = ruling.number
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(made, name=f"{number}.pdf", kinds={media.PDF}, limit=LIMIT)
    services.keep_document(actor, ruling, received=received)


def pdf(ruling: Ruling, lines: Sequence[RulingLine]) -> bytes:
    """The document as PDF/A with its fonts inside; words come in by values, never as source."""
    assert ruling.signed_on is not None
    version = ruling.cohort.programme_version
    sheet = {
        "title": _("Ruling"),
        "number": ruling.number,
        "day": f"{format_date(ruling.signed_on, 'd MMMM y', locale=LANGUAGE)} г.",
        "school": ruling.school.legal_name,
        "town": ruling.school.town,
        "about": str(ABOUT[ruling.kind]),
        "correction": _("Takes back lines of ruling %(number)s.", number=ruling.corrects.number) if ruling.corrects else "",
        "ground": [_("Ground"), ruling.ground],
        "cohort": _("Cohort %(cohort)s, %(programme)s", cohort=ruling.cohort.code, programme=str(version.programme)),
        "heading": [_("No."), _("Name"), _("Date of birth"), _("What is ordered")],
        "rows": [
            [str(place), one.enrolment.trainee.full_name, f"{one.enrolment.trainee.born_on:%d.%m.%Y}", ordered(ruling, one)]
            for place, one in enumerate(lines, 1)
        ],
        "signer": [_("Manager"), ruling.signer],
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(Path(TEMPLATE).parent),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False), "language": LANGUAGE},
        timestamp=int(datetime.combine(ruling.signed_on, time(), UTC).timestamp()),
    )
    return made
