"""Whose calendar address."""

from training.accounts.models import Account
from training.kernel.policy import Actor, Visitor


def can_show(actor: Actor, account: Account) -> bool:
    """One's own."""
    return isinstance(actor, Visitor) and actor.account_id == account.id


def can_renew(actor: Actor, account: Account) -> bool:
    """One's own."""
    return can_show(actor, account)


def can_remove(actor: Actor, account: Account) -> bool:
    """One's own."""
    return can_show(actor, account)
