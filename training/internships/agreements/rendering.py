"""The PDF of an agreement; loaded by the worker only, because typst is."""

import json

import typst

from training.files import media, storage
from training.internships.agreements import queries, services
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import State
from training.kernel import clock
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.policy import System

FOLDER = ROOT / "templates" / "documents"
MOST = 5_000_000
"""Bytes that a rendered agreement may have."""


def render(agreement_id: int) -> None:
    """Renders the text of an agreement once and fixes it; does nothing for one that is fixed already."""
    actor = System("agreements.render")
    agreement = queries.agreement(actor, agreement_id)
    if agreement.state is not State.DRAFT:
        return
    document, name = pdf(agreement), f"{agreement.number}.pdf"
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(document, name=name, kinds={media.PDF}, limit=MOST)
    services.fix(actor, agreement, received=received)


def pdf(agreement: Agreement) -> bytes:
    """The text as PDF/A; words are passed as values, never as source."""
    made = typst.compile(
        FOLDER / "agreement.typ",
        root=FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"terms": json.dumps(agreement.terms, ensure_ascii=False), "language": agreement.language},
        pdf_standards="a-2b",
        timestamp=int(clock.now().timestamp()),
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made
