"""Finding quotas."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.quotas.models import Quota
from training.courses.quotas.policies import visible_to
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import language
from training.kernel.policy import Actor, OrganisationKind
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.taxonomy.models import ISCO, ProgrammeCode


def quota(actor: Actor, quota_id: int) -> Quota:
    """One quota with its school."""
    found = db.session.scalars(visible_to(actor).where(Quota.id == quota_id).options(joinedload(Quota.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Quota]:
    """Those of the ids that the actor may see."""
    return by_id(visible_to(actor).where(Quota.id.in_(ids)).options(joinedload(Quota.school)))


def of(school_id: int, code: str, year: int) -> Quota | None:
    """That of a code, as it is stored now, with its school."""
    query = select(Quota).where(Quota.school_id == school_id, Quota.code == code, Quota.year == year).options(joinedload(Quota.school))
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def schools(authority_id: int) -> Sequence[Organisation]:
    """The verified schools that stand under an authority, by name."""
    query = select(Organisation).where(
        Organisation.authority_id == authority_id,
        Organisation.kind == OrganisationKind.SCHOOL,
        Organisation.state == OrganisationState.VERIFIED,
    )
    return db.session.scalars(query.order_by(Organisation.short_name, Organisation.id)).all()


def titles(codes: Collection[str]) -> Mapping[str, str]:
    """How the lists call the codes, in the reader's language: one statement."""
    column = ProgrammeCode.title_ru if language() == "ru" else ProgrammeCode.title_en
    query = select(ProgrammeCode.code, column).where(ProgrammeCode.system != ISCO, ProgrammeCode.code.in_(codes))
    rows = db.session.execute(query.order_by(ProgrammeCode.id)) if codes else ()
    return {code: title for code, title in rows}  # noqa: C416 -- rows are no pairs to mypy


def is_known(code: str) -> bool:
    """Whether a code stands in a list of programmes."""
    query = select(ProgrammeCode.id).where(ProgrammeCode.system != ISCO, ProgrammeCode.code == code)
    return db.session.scalars(query.limit(1)).one_or_none() is not None
