"""What people have reported, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import joinedload

from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind, of_yes
from training.kernel.policy import Actor
from training.operations.problems.models import Problem
from training.operations.problems.policies import can_list, visible_to
from training.operations.problems.queries import counts
from training.operations.problems.workflow import State

_STATE = of_kind("state", _l("State"), Problem.state, State)


def states(actor: Actor, subject: object) -> Sequence[tuple[Any, ...]]:
    """Where reports stand, each with how many."""
    numbers = counts(actor)
    return [(state.value, state.label, numbers[state]) for state in State]


PROBLEMS = Listing(
    name="problems",
    title=_l("Reports"),
    endpoint="operations.problems.listed",
    may=can_list,
    rows=visible_to,
    key=Problem.id,
    loads=(joinedload(Problem.account),),
    words=_l("First words or page"),
    word=lambda text: Problem.words_key.contains(text, autoescape=True) | Problem.page.contains(text, autoescape=True),
    filters=(
        Filter(_STATE.name, _STATE.label, _STATE.where, states),
        of_yes(
            "account",
            _l("Who reported"),
            (_l("Somebody signed in"), Problem.account_id.is_not(None)),
            (_l("A stranger"), Problem.account_id.is_(None)),
        ),
    ),
    sorts=(
        Sort("waiting", _l("Unanswered"), Order.GROUP, (Problem.state,)),
        Sort("reported", _l("Reported"), Order.DAY, (Problem.id,)),
    ),
    first="-waiting",
    columns=(
        OutColumn(_l("Number"), lambda row: row.id),
        OutColumn(_l("Report"), str),
        OutColumn(_l("On which page"), lambda row: row.page),
        OutColumn(_l("Reported"), lambda row: row.reported_at),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
"""Of states `reported` is the last in the alphabet: backwards, by one index, what waits comes first and of that the newest."""
