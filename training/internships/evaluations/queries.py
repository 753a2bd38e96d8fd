"""Finding evaluations."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.internships.evaluations.models import Evaluation, EvaluationRating
from training.internships.evaluations.policies import visible_to
from training.internships.evaluations.workflow import By
from training.internships.placements.models import Placement
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key


def _whole(query: Select[Evaluation]) -> Select[Evaluation]:
    stay = joinedload(Evaluation.placement)
    return query.options(
        stay.joinedload(Placement.trainee),
        stay.joinedload(Placement.employer),
        stay.joinedload(Placement.opening),
        stay.joinedload(Placement.mentor).joinedload(Membership.account),
        joinedload(Evaluation.membership).joinedload(Membership.account),
        selectinload(Evaluation.ratings).joinedload(EvaluationRating.skill),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Evaluation.id)


def evaluation(actor: Actor, evaluation_id: int) -> Evaluation:
    """One evaluation with its ratings, author and placement."""
    return _BY_ID.one(actor, key=evaluation_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Evaluation]:
    """Those evaluations of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Evaluation.id.in_(ids)))


def of_placement(actor: Actor, placement: Placement) -> Sequence[Evaluation]:
    """The evaluations of a placement that the actor may read, in the order they were written."""
    return db.session.scalars(_whole(visible_to(actor)).where(Evaluation.placement_id == placement.id).order_by(Evaluation.id)).all()


def written_by(placement_id: int) -> set[By]:
    """Which sides have written."""
    return set(db.session.scalars(select(Evaluation.by).where(Evaluation.placement_id == placement_id)))
