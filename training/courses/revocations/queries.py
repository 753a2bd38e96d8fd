"""Finding proposals to revoke credentials."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.credentials.models import Credential
from training.courses.revocations.models import Revocation
from training.courses.revocations.policies import visible_to
from training.courses.revocations.workflow import State
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

_WHOLE = (
    joinedload(Revocation.credential).joinedload(Credential.school),
    joinedload(Revocation.proposed_by),
    joinedload(Revocation.confirmed_by),
)
_BY_ID = by_key(visible_to, Revocation.id, *_WHOLE)


def revocation(actor: Actor, revocation_id: int) -> Revocation:
    """One proposal with its credential, and who proposed and confirmed it."""
    return _BY_ID.one(actor, key=revocation_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Revocation]:
    """Those of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Revocation.id.in_(ids)).options(*_WHOLE))


def waiting(credential_id: int) -> Revocation | None:
    """The proposal to revoke a credential that nobody has decided yet."""
    query = select(Revocation).where(Revocation.credential_id == credential_id, Revocation.state == State.PROPOSED)
    return db.session.scalars(query).one_or_none()


def waiting_for(actor: Actor, credential_id: int) -> Revocation | None:
    """The same, as far as the actor may see it."""
    query = visible_to(actor).where(Revocation.credential_id == credential_id, Revocation.state == State.PROPOSED)
    return db.session.scalars(query).one_or_none()
