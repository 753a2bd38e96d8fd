"""Finding reports."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, OrganisationKind
from training.operations.problems.models import Problem
from training.operations.problems.policies import visible_to
from training.operations.problems.workflow import State
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState


def problem(actor: Actor, problem_id: int) -> Problem:
    """One report, with whoever wrote it."""
    found = db.session.scalars(visible_to(actor).where(Problem.id == problem_id).options(joinedload(Problem.account))).one_or_none()
    if found is None:
        raise NotFound
    return found


def counts(actor: Actor) -> dict[State, int]:
    """How many there are in each state."""
    mine = visible_to(actor).with_only_columns(Problem.id)
    query = select(Problem.state, func.count()).where(Problem.id.in_(mine)).group_by(Problem.state)
    found = {state: count for state, count in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
    return {state: found.get(state, 0) for state in State}


def mine(actor: Actor) -> Sequence[Problem]:
    """What the actor reported, newest first; at most 50."""
    return db.session.scalars(visible_to(actor).order_by(Problem.id.desc()).limit(50)).all()


def by_id(problem_id: int) -> Problem | None:
    """A report, for the letters that answer it."""
    return db.session.get(Problem, problem_id)


def operator() -> int | None:
    """The organisation that answers: the oldest operator."""
    query = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR, Organisation.state == OrganisationState.VERIFIED)
    return db.session.scalar(query.order_by(Organisation.id).limit(1))
