"""Finding papers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.trainees.consents.models import Consent
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.policies import visible_to
from training.trainees.papers.workflow import State

_WHOLE = joinedload(ConsentPaper.consent)
_BY_ID = by_key(
    visible_to,
    ConsentPaper.id,
    _WHOLE.joinedload(Consent.trainee),
    _WHOLE.joinedload(Consent.guardian),
    joinedload(ConsentPaper.file),
    joinedload(ConsentPaper.brought_by),
)


def paper(actor: Actor, paper_id: int) -> ConsentPaper:
    """One paper with its consent, the trainee, the guardian, the scan and who brought it."""
    return _BY_ID.one(actor, key=paper_id)


def of(consent_id: int) -> Sequence[ConsentPaper]:
    """The papers of a consent, newest first."""
    return db.session.scalars(select(ConsentPaper).where(ConsentPaper.consent_id == consent_id).order_by(ConsentPaper.id.desc())).all()


def waiting(consent_id: int) -> ConsentPaper | None:
    """The paper of a consent that nobody has compared yet."""
    query = select(ConsentPaper).where(ConsentPaper.consent_id == consent_id, ConsentPaper.state == State.BROUGHT)
    return db.session.scalars(query).one_or_none()
