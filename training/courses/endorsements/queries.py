"""Finding endorsements."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.policies import counts, visible_to
from training.courses.endorsements.workflow import State
from training.courses.programmes.models import Module, ModuleSkill, Programme, ProgrammeVersion
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, Member, OrganisationKind
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState


def _whole(query: Select[Endorsement]) -> Select[Endorsement]:
    version = joinedload(Endorsement.programme_version)
    programme = version.joinedload(ProgrammeVersion.programme)
    modules = version.selectinload(ProgrammeVersion.modules)
    return query.options(
        joinedload(Endorsement.employer),
        joinedload(Endorsement.occupation),
        programme.joinedload(Programme.school),
        programme.joinedload(Programme.occupation),
        modules.options(selectinload(Module.skills).joinedload(ModuleSkill.skill), selectinload(Module.outcomes)),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Endorsement.id)


def endorsement(actor: Actor, endorsement_id: int) -> Endorsement:
    """One endorsement with its employer, and the version with all that it teaches."""
    return _BY_ID.one(actor, key=endorsement_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Endorsement]:
    """Those endorsements of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Endorsement.id.in_(ids)))


def of_version(actor: Actor, version_id: int) -> Sequence[Endorsement]:
    """Who was asked about a version, and what they answered; the newest first."""
    query = visible_to(actor).where(Endorsement.version_id == version_id)
    loaded = query.options(joinedload(Endorsement.employer), joinedload(Endorsement.occupation))
    return db.session.scalars(loaded.order_by(Endorsement.id.desc())).all()


def counting(version_id: int, today: date) -> Sequence[Endorsement]:
    """The endorsements of a version that count today, the oldest first."""
    query = select(Endorsement).join(Endorsement.programme_version).where(Endorsement.version_id == version_id, counts(today))
    loaded = query.options(joinedload(Endorsement.employer), joinedload(Endorsement.occupation))
    return db.session.scalars(loaded.order_by(Endorsement.given_on, Endorsement.id)).all()


def standing(version_id: int, employer_id: int, occupation_id: int) -> Sequence[Endorsement]:
    """What an employer was asked or gave for that version and occupation, and has not ended."""
    return db.session.scalars(
        select(Endorsement)
        .where(
            Endorsement.version_id == version_id,
            Endorsement.employer_id == employer_id,
            Endorsement.occupation_id == occupation_id,
            Endorsement.state.in_([State.ASKED, State.GIVEN]),
        )
        .order_by(Endorsement.id)
    ).all()


def over(today: date, most: int) -> Sequence[Endorsement]:
    """Endorsements that ran out before that day, at most so many."""
    query = _whole(select(Endorsement)).where(Endorsement.state == State.GIVEN, Endorsement.valid_until < today)
    return db.session.scalars(query.order_by(Endorsement.valid_until, Endorsement.id).limit(most)).all()


def employers(actor: Actor) -> Sequence[Organisation]:
    """The verified employers, by name, for asking one of them."""
    if not isinstance(actor, Member):
        return []
    query = select(Organisation).where(Organisation.kind == OrganisationKind.EMPLOYER, Organisation.state == OrganisationState.VERIFIED)
    return db.session.scalars(query.order_by(Organisation.name_key, Organisation.id)).all()
