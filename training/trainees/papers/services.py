"""Bringing signed papers in and comparing them."""

from training.audit.services import record
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.kernel import clock
from training.kernel.db import NotFound, db, hold, transaction
from training.kernel.policy import Actor, Member, authorise, require
from training.trainees.consents import services as consents
from training.trainees.consents.models import Consent
from training.trainees.papers import policies, queries
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import LIFECYCLE, Event, Says
from training.turns.services import begin, move

KINDS = frozenset({media.PDF, media.PNG, media.JPEG})
LIMIT = 10_000_000
"""Bytes of a scan."""


def bring(actor: Actor, consent: Consent, *, says: Says, source: Readable, name: str) -> ConsentPaper:
    """Keeps the scan of a signed paper until a second person has compared it."""
    authorise(policies.can_bring, actor, consent)
    return _bring(actor, consent, says=says, received=storage.receive(source, name=name, kinds=KINDS, limit=LIMIT))


@transaction()
def _bring(actor: Actor, consent: Consent, *, says: Says, received: Received) -> ConsentPaper:
    if not isinstance(actor, Member):
        raise NotFound
    require(policies.why_not_bring(consent, says=says, waiting=queries.waiting(consent.id)))
    file = keep_received(actor, received)
    paper = ConsentPaper(
        consent_id=consent.id,
        school_id=actor.organisation_id,
        file_id=file.id,
        says=says,
        brought_by_id=actor.account_id,
        brought_at=clock.now(),
    )
    db.session.add(paper)
    begin(actor, LIFECYCLE, paper)
    claim(file, paper)
    record(actor, Event.BROUGHT, paper, consent=consent.id, says=says)
    return paper


@transaction()
def confirm(actor: Actor, paper: ConsentPaper) -> None:
    """A second person has compared the paper: the guardian's answer is taken down."""
    authorise(policies.can_confirm, actor, paper)
    require(policies.why_not_confirm(paper, actor))
    hold(paper.consent)
    move(actor, LIFECYCLE, "confirm", paper)
    record(actor, Event.CONFIRMED, paper, consent=paper.consent_id, says=paper.says)
    consents.take_down(actor, paper.consent, agrees=paper.says is Says.AGREES)


@transaction()
def turn_down(actor: Actor, paper: ConsentPaper, *, reason: str) -> None:
    """The paper is not what it should be; another can be brought."""
    authorise(policies.can_turn_down, actor, paper)
    paper.reason = reason
    move(actor, LIFECYCLE, "turn_down", paper, reason=reason)
    record(actor, Event.TURNED_DOWN, paper, detail={"reason": reason})
