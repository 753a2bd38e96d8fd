"""Finding proposals to issue credentials."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.awards.models import Award, AwardLine
from training.courses.awards.policies import visible_to
from training.courses.awards.workflow import State
from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State as CredentialState
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

_WHOLE = (
    joinedload(Award.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme),
    joinedload(Award.proposed_by),
    joinedload(Award.confirmed_by),
    selectinload(Award.lines).joinedload(AwardLine.credential),
)
_BY_ID = by_key(visible_to, Award.id, *_WHOLE)


def award(actor: Actor, award_id: int) -> Award:
    """One proposal with its cohort, its people's credentials, and who proposed and confirmed it."""
    return _BY_ID.one(actor, key=award_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Award]:
    """Those of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Award.id.in_(ids)).options(*_WHOLE))


def of_credential(actor: Actor, credential_id: int) -> Award | None:
    """The proposal by which a credential came, as far as the actor may see it."""
    query = visible_to(actor).join(AwardLine, AwardLine.award_id == Award.id).where(AwardLine.credential_id == credential_id)
    return db.session.scalars(query).one_or_none()


def waiting(actor: Actor, cohort_id: int) -> Sequence[Award]:
    """The proposals of a cohort that are not over, oldest first."""
    query = visible_to(actor).where(Award.cohort_id == cohort_id, Award.state.in_((State.PROPOSED, State.ISSUING)))
    return db.session.scalars(query.order_by(Award.id)).all()


def drafts(award_id: int, limit: int | None = None) -> Sequence[Credential]:
    """The first credentials of a proposal that have not been issued."""
    query = select(Credential).join(AwardLine, AwardLine.credential_id == Credential.id)
    query = query.where(AwardLine.award_id == award_id, Credential.state == CredentialState.DRAFT)
    return db.session.scalars(query.order_by(Credential.id).limit(limit)).all()
