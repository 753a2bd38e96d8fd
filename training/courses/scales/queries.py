"""Finding the editions of mark scales."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from training.courses.scales.models import ScaleEdition
from training.courses.scales.policies import visible_to
from training.courses.scales.workflow import ScaleKind
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

_BY_ID = by_key(visible_to, ScaleEdition.id, selectinload(ScaleEdition.bands))


@dataclass(frozen=True)
class Scale:
    """A scale with its editions, the newest first, and the one that holds today."""

    kind: ScaleKind
    editions: Sequence[ScaleEdition]
    present: ScaleEdition | None


def edition(actor: Actor, edition_id: int) -> ScaleEdition:
    """One edition with its bands."""
    return _BY_ID.one(actor, key=edition_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, ScaleEdition]:
    """Those editions of the ids that the actor may see, with their bands."""
    return by_id(visible_to(actor).where(ScaleEdition.id.in_(ids)).options(selectinload(ScaleEdition.bands)))


def scales(actor: Actor, today: date) -> list[Scale]:
    """The scales of the actor's school with all their editions: two statements."""
    query = visible_to(actor).options(selectinload(ScaleEdition.bands))
    rows = db.session.scalars(query.order_by(*_NEWEST)).all()
    return [Scale(kind, mine, _present(mine, today)) for kind in ScaleKind if (mine := [one for one in rows if one.kind is kind])]


def in_force(school_id: int, on: date) -> dict[ScaleKind, ScaleEdition]:
    """By kind: the edition of a school that holds on a day, its own before what every school begins with; with bands: two statements."""
    mine = or_(ScaleEdition.school_id == school_id, ScaleEdition.school_id.is_(None))
    query = select(ScaleEdition).where(mine, ScaleEdition.valid_from_on <= on).options(selectinload(ScaleEdition.bands))
    rows = db.session.scalars(query.order_by(*_NEWEST)).all()
    return {kind: found for kind in ScaleKind if (found := _present([one for one in rows if one.kind is kind], on)) is not None}


def is_taken(school_id: int, kind: ScaleKind, on: date) -> bool:
    """Whether a school has an edition from that day."""
    query = select(ScaleEdition.id).where(ScaleEdition.school_id == school_id, ScaleEdition.kind == kind, ScaleEdition.valid_from_on == on)
    return db.session.scalar(query) is not None


_NEWEST = (ScaleEdition.school_id.is_(None), ScaleEdition.valid_from_on.desc(), ScaleEdition.id.desc())


def _present(editions: Sequence[ScaleEdition], on: date) -> ScaleEdition | None:
    """The first that has begun: they are ordered, a school's own before the others, the newest first."""
    return next((one for one in editions if one.valid_from_on <= on), None)
