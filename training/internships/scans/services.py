"""Bringing signed agreements in and comparing them."""

from datetime import date

from training.audit.services import record
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.internships.agreements import queries as agreements
from training.internships.agreements.models import Agreement
from training.internships.agreements.services import take_down
from training.internships.scans import policies, queries
from training.internships.scans.models import AgreementScan
from training.internships.scans.workflow import LIFECYCLE, Event, Notice
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Actor, Member, authorise, require
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.turns.services import begin, move

KINDS = frozenset({media.PDF, media.PNG, media.JPEG})
LIMIT = 10_000_000
"""Bytes of a scan."""


def bring(actor: Actor, agreement: Agreement, *, until: int, signers: str, signed_on: date, source: Readable, name: str) -> AgreementScan:
    """Keeps the scan of a signed agreement until a second person has compared it."""
    authorise(policies.can_bring, actor, agreement)
    received = storage.receive(source, name=name, kinds=KINDS, limit=LIMIT)
    return _bring(actor, agreement, until=until, signers=signers, signed_on=signed_on, received=received)


@transaction()
def _bring(actor: Actor, agreement: Agreement, *, until: int, signers: str, signed_on: date, received: Received) -> AgreementScan:
    if not isinstance(actor, Member):
        raise NotFound
    checks, waiting = agreements.checks(agreement), queries.waiting(agreement.id)
    require(policies.why_not_bring(agreements.again(agreement), checks=checks, waiting=waiting, until=until, signed_on=signed_on))
    file = keep_received(actor, received)
    scan = AgreementScan(
        agreement_id=agreement.id,
        school_id=agreement.school_id,
        file_id=file.id,
        until=until,
        signers=signers,
        signed_on=signed_on,
        brought_by_id=actor.account_id,
        brought_at=clock.now(),
    )
    db.session.add(scan)
    begin(actor, LIFECYCLE, scan)
    claim(file, scan)
    record(actor, Event.BROUGHT, scan, agreement=agreement.id)
    return scan


@transaction()
def confirm(actor: Actor, scan: AgreementScan) -> None:
    """A second person has compared the paper: the signatures on it are given."""
    authorise(policies.can_confirm, actor, scan)
    require(policies.why_not_confirm(scan, actor))
    scan.confirmed_by_id = actor.account_id if isinstance(actor, Member) else None
    move(actor, LIFECYCLE, "confirm", scan)
    record(actor, Event.CONFIRMED, scan, agreement=scan.agreement_id)
    take_down(actor, scan.agreement, until=scan.until, signers=scan.signers)


@transaction()
def turn_down(actor: Actor, scan: AgreementScan, *, reason: str) -> None:
    """The paper is not what it should be; another can be brought."""
    authorise(policies.can_turn_down, actor, scan)
    scan.reason = reason
    move(actor, LIFECYCLE, "turn_down", scan, reason=reason)
    record(actor, Event.TURNED_DOWN, scan, detail={"reason": reason})
    if isinstance(actor, Member) and actor.account_id != scan.brought_by_id:
        notify(Notice.TURNED_DOWN, scan, to=[Recipient(ACCOUNT, scan.brought_by_id, scan.school_id)])
