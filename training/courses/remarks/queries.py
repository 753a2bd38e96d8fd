"""Finding remarks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.remarks.models import Remark
from training.courses.remarks.policies import visible_to
from training.courses.remarks.workflow import UNSETTLED, Section
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

MOST = 200
"""Remarks on one page."""
_AUTHOR = (joinedload(Remark.author), joinedload(Remark.organisation))
_WHOLE = (*_AUTHOR, joinedload(Remark.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school))
_BY_ID = by_key(visible_to, Remark.id, *_WHOLE)


@dataclass(frozen=True)
class Beside:
    """Remarks as they stand beside what they are about."""

    rows: Sequence[Remark]

    @property
    def details(self) -> list[Remark]:
        """About the version's own lines."""
        return [one for one in self.rows if one.section is Section.DETAILS]

    @property
    def modules(self) -> list[Remark]:
        """About the modules together, and about modules that are gone."""
        return [one for one in self.rows if one.section is not Section.DETAILS and one.module_id is None]

    def inside(self, module: Module) -> list[Remark]:
        """About one module or its outcomes, also those that are written anew or gone."""
        return [one for one in self.rows if one.module_id == module.id]


def remark(actor: Actor, remark_id: int) -> Remark:
    """One remark with its author and the version it is about: one statement."""
    return _BY_ID.one(actor, key=remark_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Remark]:
    """Those remarks of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Remark.id.in_(ids)).options(*_WHOLE))


def unsettled(actor: Actor, version_id: int) -> Beside:
    """What is open or answered, the oldest first, at most 200: one statement."""
    return Beside(_rows(visible_to(actor).where(Remark.version_id == version_id, Remark.state.in_(UNSETTLED))))


def of_version(actor: Actor, version_id: int) -> Beside:
    """All remarks of a version, settled ones too, the oldest first, at most 200: one statement."""
    return Beside(_rows(visible_to(actor).where(Remark.version_id == version_id)))


def _rows(query: Select[Remark]) -> Sequence[Remark]:
    return db.session.scalars(query.options(*_AUTHOR).order_by(Remark.id).limit(MOST)).all()


def left(version_id: int) -> Sequence[Remark]:
    """What nobody settled of a version, whole."""
    query = select(Remark).where(Remark.version_id == version_id, Remark.state.in_(UNSETTLED)).options(*_WHOLE)
    return db.session.scalars(query.order_by(Remark.id)).all()
