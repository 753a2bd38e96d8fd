"""Where a trainee is."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Actor
from training.kernel.wiring import wired
from training.trainees.engagements.models import Engagement, EngagementKind


def overlapping(
    trainee_id: int, kinds: Sequence[EngagementKind], from_on: date, until_on: date, *, but: tuple[str, int] | None = None
) -> Sequence[Engagement]:
    """The trainee's engagements of these kinds that share a day with the span; `but` leaves one subject aside."""
    query = select(Engagement).where(
        Engagement.trainee_id == trainee_id,
        Engagement.kind.in_(kinds),
        Engagement.from_on <= until_on,
        or_(Engagement.until_on.is_(None), Engagement.until_on >= from_on),
    )
    if but:
        query = query.where(~((Engagement.subject_kind == but[0]) & (Engagement.subject_id == but[1])))
    return db.session.scalars(query.order_by(Engagement.from_on, Engagement.id)).all()


def of(trainee_id: int) -> Sequence[Engagement]:
    """All engagements of a trainee, newest first."""
    query = select(Engagement).where(Engagement.trainee_id == trainee_id)
    return db.session.scalars(query.order_by(Engagement.from_on.desc(), Engagement.id.desc())).all()


def pages(actor: Actor, engagements: Sequence[Engagement]) -> dict[int, str]:
    """By engagement, the page of the record that it comes from, of those that the actor may see: a statement a kind of record."""
    kinds, found = wired().kinds, dict[int, str]()
    for name in sorted({one.subject_kind for one in engagements} & set(kinds)):
        mine = {one.subject_id: one.id for one in engagements if one.subject_kind == name}
        found |= {mine[key]: kinds[name].url(actor, subject) for key, subject in kinds[name].seen(actor, list(mine)).items()}
    return found


def coming_placements(trainee_id: int) -> Sequence[Engagement]:
    """A trainee's internships that are going on or are still to come, first one first."""
    today = clock.today()
    query = select(Engagement).where(
        Engagement.trainee_id == trainee_id,
        Engagement.kind == EngagementKind.PLACEMENT,
        or_(Engagement.until_on.is_(None), Engagement.until_on >= today),
    )
    return db.session.scalars(query.order_by(Engagement.from_on, Engagement.id)).all()
