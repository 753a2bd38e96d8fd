"""Finding programmes that can be asked for."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import contains_eager

from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import public
from training.kernel.db import db
from training.search.queries import hits
from training.search.services import PUBLIC, of_organisation

FOUND = 10
"""Programmes that are offered at once."""


def _learnt(school_id: int) -> ColumnElement[bool]:
    """As a condition on Programme: published now, or one's own that was published once."""
    own = and_(ProgrammeVersion.school_id == school_id, ProgrammeVersion.published_on.is_not(None))
    return exists().where(ProgrammeVersion.programme_id == Programme.id, or_(public(), own))


def _offered(school_id: int) -> Select[Programme]:
    return select(Programme).join(Programme.school).options(contains_eager(Programme.school)).where(_learnt(school_id))


def offered(version: ProgrammeVersion, words: str) -> Sequence[Programme]:
    """Programmes of any school that fit the words and that the version does not ask for yet, the best first, at most 10: one statement."""
    found = hits("programme", words, [PUBLIC, of_organisation(version.school_id)])
    there = [version.programme_id, *(one.needed_id for one in version.prerequisites)]
    query = _offered(version.school_id).join(found, found.c.subject_id == Programme.id).where(Programme.id.not_in(there))
    return db.session.scalars(query.order_by(found.c.rank, Programme.id).limit(FOUND)).all()


def one(version: ProgrammeVersion, programme_id: int) -> Programme | None:
    """That programme, if the version's school can ask for it."""
    return db.session.scalars(_offered(version.school_id).where(Programme.id == programme_id)).one_or_none()
