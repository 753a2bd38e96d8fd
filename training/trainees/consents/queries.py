"""Finding consents."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.files.models import StoredFile
from training.files.queries import of_subject
from training.kernel.db import NotFound, by_id, db
from training.kernel.keys import email_key
from training.kernel.policy import Actor, Bearer
from training.kernel.wiring import Signing, wired
from training.trainees.consents.models import Consent, Guardian
from training.trainees.consents.policies import visible_to
from training.trainees.consents.workflow import Purpose, State
from training.trainees.profiles.models import Trainee


def consent(actor: Actor, consent_id: int) -> Consent:
    """One consent with its trainee and guardian."""
    query = (
        visible_to(actor)
        .where(Consent.id == consent_id)
        .options(
            joinedload(Consent.trainee).joinedload(Trainee.school),
            joinedload(Consent.guardian),
            joinedload(Consent.asker),
            joinedload(Consent.school),
        )
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Consent]:
    """Those consents of the ids that the actor may see, as whole as one alone."""
    return by_id(
        visible_to(actor)
        .where(Consent.id.in_(ids))
        .options(joinedload(Consent.trainee), joinedload(Consent.guardian), joinedload(Consent.school))
    )


def mine(actor: Actor) -> Consent:
    """The consent that a link was sent for."""
    if not isinstance(actor, Bearer):
        raise NotFound
    return consent(actor, actor.subject_id)


def about(subject_kind: str, subject_id: int) -> Consent | None:
    """The consent that a step waits for, as it is now, with the guardian, the trainee and the school that waits."""
    query = select(Consent).where(Consent.subject_kind == subject_kind, Consent.subject_id == subject_id)
    query = query.options(joinedload(Consent.guardian), joinedload(Consent.trainee), joinedload(Consent.school))
    return db.session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def known_guardian(trainee_id: int) -> Guardian | None:
    """The guardian whom a trainee was asked for last."""
    return db.session.scalars(select(Guardian).where(Guardian.trainee_id == trainee_id).order_by(Guardian.id.desc()).limit(1)).one_or_none()


def open_of(trainee_id: int, purpose: Purpose = Purpose.EMPLOYERS) -> Consent | None:
    """The asked-for or given consent of a trainee for a purpose."""
    query = select(Consent).where(
        Consent.trainee_id == trainee_id, Consent.purpose == purpose, Consent.state.in_([State.ASKED, State.GIVEN])
    )
    return db.session.scalars(query.options(joinedload(Consent.guardian), joinedload(Consent.trainee))).one_or_none()


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
    """The consent that a guardian was asked for last."""
    query = select(Consent).where(Consent.guardian_id == guardian_id).order_by(Consent.asked_at.desc().nulls_last(), Consent.id.desc())
    return db.session.scalars(query.limit(1)).one_or_none()


def ids_by(guardian_id: int) -> Sequence[int]:
    """The keys of everything that a guardian was asked for."""
    return db.session.scalars(select(Consent.id).where(Consent.guardian_id == guardian_id).order_by(Consent.id)).all()


def asked_of(consent: Consent) -> Sequence[Consent]:
    """Everything that the same guardian has been asked, newest first, with who asked."""
    query = select(Consent).where(Consent.guardian_id == consent.guardian_id, Consent.guardian_id.is_not(None))
    return db.session.scalars(query.options(joinedload(Consent.asker), joinedload(Consent.school)).order_by(Consent.id.desc())).all()


def signings(actor: Actor) -> list[Signing]:
    """What the guardian is to sign for their child or has signed, what waits for them first."""
    found = [one for of_guardian in wired().signings.values() for one in of_guardian(actor)]
    return sorted(found, key=lambda one: one.signed_at is not None)


def guardian_of(trainee_id: int, *, name: str, email: str | None) -> Guardian | None:
    """A guardian of the trainee who has been asked before at this address, or under this name on paper."""
    same = Guardian.email_key == email_key(email) if email else (Guardian.name == name) & Guardian.email.is_(None)
    query = select(Guardian).where(Guardian.trainee_id == trainee_id, same).order_by(Guardian.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def guardians_at(email: str) -> Sequence[Guardian]:
    """Those who are reached at an address: one for each child."""
    query = select(Guardian).where(Guardian.email_key == email_key(email)).options(joinedload(Guardian.trainee))
    return db.session.scalars(query.order_by(Guardian.id).limit(10)).all()


def printed(actor: Actor, consent_id: int) -> Consent:
    """One consent whose letter has been made for printing."""
    found = consent(actor, consent_id)
    if letter(found) is None:
        raise NotFound
    return found


def letter(consent: Consent) -> StoredFile | None:
    """The newest letter that was made for printing."""
    return next(iter(reversed(of_subject(consent))), None)
