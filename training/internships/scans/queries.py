"""Finding scans of signed agreements."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement
from training.internships.placements.models import Placement
from training.internships.scans.models import AgreementScan
from training.internships.scans.policies import visible_to
from training.internships.scans.workflow import State
from training.kernel.db import db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

_SIDE = joinedload(AgreementScan.agreement).selectinload(Agreement.sides)
_WHOLE = (
    joinedload(AgreementScan.file),
    joinedload(AgreementScan.brought_by),
    joinedload(AgreementScan.agreement).joinedload(Agreement.school),
    joinedload(AgreementScan.agreement)
    .selectinload(Agreement.annex)
    .joinedload(AgreementPlacement.placement)
    .joinedload(Placement.trainee),
    _SIDE.joinedload(AgreementParty.organisation),
    _SIDE.joinedload(AgreementParty.guardian),
    _SIDE.joinedload(AgreementParty.signature),
)
_BY_ID = by_key(visible_to, AgreementScan.id, *_WHOLE)


def scan(actor: Actor, scan_id: int) -> AgreementScan:
    """One scan with its agreement, the parties, the file and who brought it."""
    return _BY_ID.one(actor, key=scan_id)


def of(actor: Actor, agreement_id: int) -> Sequence[AgreementScan]:
    """The scans of an agreement that the actor may see, newest first."""
    query = visible_to(actor).where(AgreementScan.agreement_id == agreement_id).options(joinedload(AgreementScan.brought_by))
    return db.session.scalars(query.order_by(AgreementScan.id.desc())).all()


def waiting(agreement_id: int) -> AgreementScan | None:
    """The scan of an agreement that nobody has compared yet."""
    query = select(AgreementScan).where(AgreementScan.agreement_id == agreement_id, AgreementScan.state == State.BROUGHT)
    return db.session.scalars(query).one_or_none()
