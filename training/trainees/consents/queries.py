"""Finding consents."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, Bearer
from training.trainees.consents.models import Consent, Guardian
from training.trainees.consents.policies import visible_to
from training.trainees.consents.workflow import Purpose, State


def consent(actor: Actor, consent_id: int) -> Consent:
    """One consent with its trainee and guardian."""
    query = visible_to(actor).where(Consent.id == consent_id).options(joinedload(Consent.trainee), joinedload(Consent.guardian))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Consent]:
    """Those consents of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Consent.id.in_(ids)).options(joinedload(Consent.trainee), joinedload(Consent.guardian)))


def mine(actor: Actor) -> Consent:
    """The consent that a link was sent for."""
    if not isinstance(actor, Bearer):
        raise NotFound
    return consent(actor, actor.subject_id)


def open_of(trainee_id: int, purpose: Purpose = Purpose.EMPLOYERS) -> Consent | None:
    """The asked-for or given consent of a trainee for a purpose."""
    query = select(Consent).where(
        Consent.trainee_id == trainee_id, Consent.purpose == purpose, Consent.state.in_([State.ASKED, State.GIVEN])
    )
    return db.session.scalars(query.options(joinedload(Consent.guardian))).one_or_none()


def of(trainee_id: int) -> Sequence[Consent]:
    """All consents of a trainee, newest first, with their guardians."""
    query = select(Consent).where(Consent.trainee_id == trainee_id).options(joinedload(Consent.guardian))
    return db.session.scalars(query.order_by(Consent.id.desc())).all()


def is_given(trainee_id: int) -> bool:
    """Whether a guardian's consent to employers seeing the trainee is in force."""
    found = open_of(trainee_id)
    return found is not None and found.state is State.GIVEN


def guardian(guardian_id: int) -> Guardian | None:
    """A guardian, for the letters sent to them."""
    return db.session.get(Guardian, guardian_id)


def newest_by(guardian_id: int) -> Consent | None:
    """The newest consent that a guardian was asked for."""
    return db.session.scalars(select(Consent).where(Consent.guardian_id == guardian_id).order_by(Consent.id.desc()).limit(1)).one_or_none()
