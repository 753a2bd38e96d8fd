"""Who reports, and who reads and answers reports."""

from sqlalchemy import Select, false, select

from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, Visitor, own_account
from training.operations.problems.models import Problem


def visible_to(actor: Actor) -> Select[Problem]:
    """All of them to the operator; one's own to whoever was signed in."""
    match actor:
        case System() | Member(kind=OrganisationKind.OPERATOR):
            return select(Problem)
        case Visitor(account_id=int(me)) | Learner(account_id=me):
            return select(Problem).where(Problem.account_id == me)
        case _:
            return select(Problem).where(false())


def can_report(actor: Actor, subject: object = None) -> bool:
    """Anybody, signed in or not."""
    return isinstance(actor, Visitor)


def can_list(actor: Actor, subject: object = None) -> bool:
    """The operator."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.OPERATOR and Role.OPERATOR in actor.roles


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Anybody signed in lists what they reported."""
    return own_account(actor)


def can_show(actor: Actor, problem: Problem) -> bool:
    """The operator."""
    return can_list(actor)


def can_answer(actor: Actor, problem: Problem) -> bool:
    """The operator."""
    return can_list(actor)


def can_close(actor: Actor, problem: Problem) -> bool:
    """The operator."""
    return can_list(actor)
