"""Finding the trainees that one may see."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Member, OrganisationKind, Role
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.policies import visible_to
from training.trainees.profiles.models import Photo, Trainee

_BY_ID = by_key(visible_to, Trainee.id, joinedload(Trainee.school))


def trainee(actor: Actor, trainee_id: int) -> Trainee:
    """One trainee whom the actor may see, with the school; a merged record's key leads to the one that is kept."""
    try:
        return _BY_ID.one(actor, key=trainee_id)
    except NotFound:
        kept = db.session.scalar(select(Trainee.merged_into_id).where(Trainee.id == trainee_id))
        if kept is None:
            raise
        return _BY_ID.one(actor, key=kept)


def pictured(actor: Actor, trainee_id: int) -> Trainee:
    """One trainee whom the actor may see, and who has a photograph."""
    found = trainee(actor, trainee_id)
    if db.session.scalar(select(Photo.id).where(Photo.trainee_id == found.id)) is None:
        raise NotFound
    return found


def of(trainee: Trainee) -> Sequence[Disclosure]:
    """To whom a trainee is or was disclosed, newest first."""
    return db.session.scalars(select(Disclosure).where(Disclosure.trainee_id == trainee.id).order_by(Disclosure.id.desc())).all()


def _now(trainee_id: int) -> Sequence[ColumnElement[bool]]:
    return (Disclosure.trainee_id == trainee_id, or_(Disclosure.until_at.is_(None), Disclosure.until_at > clock.now()))


def watchers(trainee: Trainee) -> Sequence[Organisation]:
    """The organisations to which a trainee is disclosed now, by name; whether a minor's employers see anything is the guardian's say."""
    told = select(Disclosure.organisation_id).where(*_now(trainee.id))
    return db.session.scalars(select(Organisation).where(Organisation.id.in_(told)).order_by(Organisation.name_key, Organisation.id)).all()


def stranger_to(trainee: Trainee) -> int | None:
    """A verified employer that the trainee has nothing to do with."""
    told = exists().where(Disclosure.organisation_id == Organisation.id, *_now(trainee.id))
    query = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.EMPLOYER, Organisation.state == OrganisationState.VERIFIED, ~told
    )
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).one_or_none()


def as_seen_by(employer_id: int, trainee_id: int) -> Trainee | None:
    """The trainee as a recruiter of that employer loads them, or None where the recruiter finds nothing there."""
    recruiter = Member(0, employer_id, OrganisationKind.EMPLOYER, frozenset({Role.RECRUITER}))
    try:
        return trainee(recruiter, trainee_id)
    except NotFound:
        return None
