"""Reporting problems, and answering them."""

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import Actor, Role, Visitor, authorise
from training.notices.models import Recipient
from training.notices.services import notify
from training.operations.problems import policies, queries
from training.operations.problems.models import Problem
from training.operations.problems.workflow import LIFECYCLE, Event, Notice
from training.turns.services import begin, move


@transaction()
def report(actor: Visitor, *, words: str, language: str, page: str | None = None, email: str | None = None) -> Problem:
    """Something does not work; the operator is told and answers."""
    authorise(policies.can_report, actor, None)
    problem = Problem(
        account_id=actor.account_id,
        email=email if actor.account_id is None else None,
        operator_id=queries.operator(),
        language=language,
        page=page,
        words=words,
        reported_at=clock.now(),
    )
    db.session.add(problem)
    begin(actor, LIFECYCLE, problem)
    record(actor, Event.REPORTED, problem)
    if problem.operator_id is not None:
        notify(Notice.REPORTED, problem, to=reach(problem.operator_id, Role.OPERATOR))
    return problem


@transaction()
def answer(actor: Actor, problem: Problem, *, words: str) -> None:
    """Says what was done or how it is meant; whoever reported it is told."""
    authorise(policies.can_answer, actor, problem)
    problem.answer = words
    _end(actor, problem, "answer")
    record(actor, Event.ANSWERED, problem)
    notify(Notice.ANSWERED, problem, to=_reporter(problem))


@transaction()
def close(actor: Actor, problem: Problem, *, words: str) -> None:
    """Sets a report aside, saying why; whoever reported it is told."""
    authorise(policies.can_close, actor, problem)
    problem.answer = words
    _end(actor, problem, "close")
    record(actor, Event.CLOSED, problem)
    notify(Notice.CLOSED, problem, to=_reporter(problem))


def _end(actor: Actor, problem: Problem, verb: str) -> None:
    with db.session.no_autoflush:
        move(actor, LIFECYCLE, verb, problem)


def _reporter(problem: Problem) -> list[Recipient]:
    """Whoever reported it: their account, or the address they left."""
    if problem.account_id is not None:
        return [Recipient("account", problem.account_id)]
    return [Recipient("problem", problem.id)] if problem.email else []
