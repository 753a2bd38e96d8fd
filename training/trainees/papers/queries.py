"""Finding papers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.trainees.consents.models import Consent
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.policies import visible_to
from training.trainees.papers.workflow import State


def paper(actor: Actor, paper_id: int) -> ConsentPaper:
    """One paper with its consent, the trainee, the guardian, the scan and who brought it."""
    whole = joinedload(ConsentPaper.consent)
    query = visible_to(actor).where(ConsentPaper.id == paper_id)
    query = query.options(
        whole.joinedload(Consent.trainee),
        whole.joinedload(Consent.guardian),
        joinedload(ConsentPaper.file),
        joinedload(ConsentPaper.brought_by),
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def of(consent_id: int) -> Sequence[ConsentPaper]:
    """The papers of a consent, newest first."""
    return db.session.scalars(select(ConsentPaper).where(ConsentPaper.consent_id == consent_id).order_by(ConsentPaper.id.desc())).all()


def waiting(consent_id: int) -> ConsentPaper | None:
    """The paper of a consent that nobody has compared yet."""
    query = select(ConsentPaper).where(ConsentPaper.consent_id == consent_id, ConsentPaper.state == State.BROUGHT)
    return db.session.scalars(query).one_or_none()
