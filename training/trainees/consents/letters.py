"""The letter to a guardian, to be printed: typst sets it, segno draws the code. Only the worker loads this."""

import json
from pathlib import Path
from typing import Any

import segno
import typst
from flask import current_app

from training.accounts import queries as links
from training.accounts import services as accounts
from training.accounts.workflow import Purpose as LinkPurpose
from training.files import media, storage
from training.kernel import clock
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.i18n import _, force_locale, format_moment, format_range
from training.kernel.policy import System
from training.trainees.consents import queries, services
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import Purpose, State

TEMPLATE = ROOT / "templates" / "documents" / "guardian.typ"
LIMIT = 2_000_000
"""Bytes of a letter."""


def render(consent_id: int) -> None:
    """Makes the letter with a code minted at this moment; does nothing once the guardian has answered."""
    actor = System("consents.print")
    consent = queries.consent(actor, consent_id)
    link = links.newest_link(LinkPurpose.CONSENT, consent.id)
    if consent.state is not State.ASKED or link is None:
        return
    address = f"{current_app.config['CADRE'].public_url}/l/{accounts.mint(actor, link)}"
    made = pdf(consent, address=address)
    db.session.commit()  # ends the reading: nothing is open while the bytes are written
    received = storage.receive(made, name=_("Letter to a guardian") + ".pdf", kinds={media.PDF}, limit=LIMIT)
    services.keep_letter(actor, consent, received=received)


def pdf(consent: Consent, *, address: str) -> bytes:
    """The letter as PDF with its fonts inside; words come in by values, never as source."""
    assert consent.guardian is not None
    with force_locale(consent.guardian.language):
        said = words(consent)
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(Path(TEMPLATE).parent),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        sys_inputs={
            "words": json.dumps(said, ensure_ascii=False),
            "address": address,
            "code": json.dumps(["".join(str(int(bit)) for bit in row) for row in segno.make(address, error="m", micro=False).matrix]),
            "language": consent.guardian.language,
        },
        timestamp=int(clock.now().timestamp()),
    )
    return made


def words(consent: Consent) -> dict[str, Any]:
    """Every sentence of the letter in the reader's language."""
    name, guardian, today = consent.trainee.full_name, consent.guardian, clock.today()
    return {
        "school": school.legal_name if (school := consent.school or consent.trainee.school) else "",
        "day": format_range(today, today),
        "title": _("Consent for %(trainee)s", trainee=name),
        "greeting": _("Hello, %(name)s!", name=guardian.name if guardian else ""),
        **(question(consent) if consent.subject_id is not None else to_employers(consent)),
        "link_title": _("Answer with a phone"),
        "link": _("Open this page by the code. You need no account. You can change your mind there at any time."),
        "paper_title": _("Or answer on paper"),
        "paper": _("Mark your answer, sign, and give this sheet back to the school."),
        "yes": _("I agree"),
        "no": _("I do not agree"),
        "name": _("Name"),
        "signature": _("Signature"),
        "date": _("Date"),
        "version": _("Text of %(version)s.", version=consent.text_version),
    }


def to_employers(consent: Consent) -> dict[str, Any]:
    """What employers would see, and which."""
    return {
        "opening": _(
            "%(trainee)s looks for internships and work at Cadre and is under 18. Employers see a minor only if a parent or guardian agrees.",
            trainee=consent.trainee.full_name,
        ),
        "seen_title": _("What they would see"),
        "seen": [
            _("Name, age, school and programme"),
            _("A photograph, if there is one"),
            _("Skills, with what shows them"),
            _("What %(name)s wrote about themselves, town, e-mail and phone", name=consent.trainee.given_name),
        ],
        "who_title": _("Who would see it"),
        "who": _(
            "Only verified employers: those %(name)s asks for a place after the school has approved, those %(name)s applies to, "
            "and others only if %(name)s chooses to be found.",
            name=consent.trainee.given_name,
        ),
    }


def question(consent: Consent) -> dict[str, Any]:
    """The step that waits, and what follows."""
    name, school = consent.trainee.given_name, consent.school
    assert school is not None
    if consent.purpose is Purpose.ADMISSION:
        opening = _(
            "%(name)s is under 18 and has been offered a seat at a school. It can be taken if you agree. Do you agree that %(name)s studies there?",
            name=name,
        )
        yes = _("If you agree, %(name)s takes the seat. It goes to the next on the list if it is not taken by then.", name=name)
    else:
        opening = _(
            "%(name)s is under 18 and wants to go on studying at another school. The school can accept if you agree. Do you agree to the move?",
            name=name,
        )
        yes = _(
            "If you agree, the new school decides; it may read what %(name)s has passed so far. Then the present school lets %(name)s go.",
            name=name,
        )
    until = (
        []
        if consent.until_at is None
        else [_("Your answer is needed by %(moment)s.", moment=format_moment(consent.until_at, zone=school.zone))]
    )
    return {
        "opening": opening,
        "seen_title": _("What follows"),
        "seen": [yes, _("If you do not agree, it goes no further. You may say why."), *until],
        "who_title": _("School"),
        "who": f"{school.legal_name}: {consent.about}",
    }
