"""Whose account and whose links."""

from sqlalchemy import Select, false, select

from training.accounts.models import Account, Link
from training.accounts.workflow import Purpose
from training.kernel.policy import Actor, Bearer, Learner, Member, System, Visitor


def visible_to(actor: Actor) -> Select[Account]:
    """One's own account; a link's account to its bearer."""
    match actor:
        case System():
            return select(Account)
        case Visitor(account_id=int(mine)) | Member(account_id=mine) | Learner(account_id=mine):
            return select(Account).where(Account.id == mine)
        case Bearer(purpose=Purpose.CONFIRM | Purpose.RESET, subject_id=mine):
            return select(Account).where(Account.id == mine)
        case _:
            return select(Account).where(false())


def can_confirm(actor: Actor, account: Account) -> bool:
    """Whoever got the letter confirms the address."""
    return isinstance(actor, Bearer) and actor.purpose == Purpose.CONFIRM and actor.subject_id == account.id


def can_reset(actor: Actor, account: Account) -> bool:
    """Whoever got the letter sets a new password."""
    return isinstance(actor, Bearer) and actor.purpose == Purpose.RESET and actor.subject_id == account.id


def can_edit(actor: Actor, account: Account) -> bool:
    """One's own account."""
    return isinstance(actor, Visitor) and actor.account_id == account.id


def is_live(link: Link) -> bool:
    """Whether a link that works once has not been used."""
    return not (link.once and link.used_at)
