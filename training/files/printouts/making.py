"""Setting a document as PDF; loaded by the worker only, because typst is."""

import json
from dataclasses import asdict

import typst

from training.files import media, storage
from training.files.printouts import queries, services
from training.files.printouts.models import Printout
from training.files.printouts.workflow import State
from training.kernel import clock
from training.kernel.config import ROOT
from training.kernel.db import NotFound, db
from training.kernel.i18n import force_locale
from training.kernel.policy import Actor, System
from training.kernel.wiring import Sheet, wired
from training.notices.models import ACCOUNT, Address

FOLDER = ROOT / "templates" / "documents"
LIMIT = 20_000_000
"""Bytes of a document."""
TASK = System("printouts.make")


def make(printout_id: int) -> None:
    """Makes the document; asked again for one that is made, it does nothing."""
    printout = queries.of_id(TASK, printout_id)
    if printout.state is not State.MAKING:
        return
    try:
        with force_locale(printout.language):
            sheet = wired().documents[printout.document](owner(printout), dict(printout.args))
        made = pdf(sheet, printout.language)
        db.session.commit()  # ends the reading: nothing is open while the bytes are written
    except NotFound:
        services.fail(TASK, printout)
        return
    received = storage.receive(made, name=f"{printout.title}.pdf", kinds={media.PDF}, limit=LIMIT)
    services.finish(TASK, printout, received=received)


def owner(printout: Printout) -> Actor:
    """Whoever asked for it, with the rights of now; NotFound when they are gone."""
    address: Address | None = wired().addresses[ACCOUNT](printout.account_id, printout.organisation_id or None)
    if address is None or address.actor is None:
        raise NotFound
    return address.actor


def pdf(sheet: Sheet, language: str) -> bytes:
    """The sheet as PDF/A with its fonts inside; words come in by values, never as source."""
    made: bytes = typst.compile(
        FOLDER / "sheet.typ",
        root=FOLDER,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        sys_inputs={"sheet": json.dumps(asdict(sheet), ensure_ascii=False), "language": language},
        timestamp=int(clock.now().timestamp()),
    )
    return made
