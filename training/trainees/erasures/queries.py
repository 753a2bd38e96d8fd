"""Finding requests to be erased."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, OrganisationKind
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.policies import visible_to
from training.trainees.erasures.workflow import State
from training.trainees.profiles.models import Trainee


def request(actor: Actor, request_id: int) -> ErasureRequest:
    """One request with the person and the school."""
    query = visible_to(actor).where(ErasureRequest.id == request_id)
    found = db.session.scalars(query.options(joinedload(ErasureRequest.trainee), joinedload(ErasureRequest.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def mine(actor: Actor) -> ErasureRequest:
    """The actor's own open request."""
    query = visible_to(actor).where(ErasureRequest.state == State.ASKED).options(joinedload(ErasureRequest.trainee))
    found = db.session.scalars(query.order_by(ErasureRequest.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise NotFound
    return found


def open_of(trainee_id: int) -> ErasureRequest | None:
    """The request of a trainee that has not been answered."""
    query = select(ErasureRequest).where(ErasureRequest.trainee_id == trainee_id, ErasureRequest.state == State.ASKED)
    return db.session.scalars(query).one_or_none()


def records_of(trainee: Trainee) -> Sequence[Trainee]:
    """The trainee's record, and those of the same person that were merged into it."""
    return [trainee, *db.session.scalars(select(Trainee).where(Trainee.merged_into_id == trainee.id).order_by(Trainee.id))]


def operator_id() -> int | None:
    """The organisation that keeps the installation running."""
    query = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR, Organisation.state != OrganisationState.CLOSED)
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).one_or_none()


def to_do() -> Sequence[ErasureRequest]:
    """Requests that wait to be carried out, oldest first."""
    query = select(ErasureRequest).where(ErasureRequest.state == State.ASKED).options(joinedload(ErasureRequest.trainee))
    return db.session.scalars(query.order_by(ErasureRequest.id)).all()
