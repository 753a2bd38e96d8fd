"""Whose files of lists one sees: only one's own."""

from sqlalchemy import Select, false, select

from training.exchange.exports.models import OWN, Export
from training.kernel.policy import Actor, Learner, Member, System, Visitor, own_account


def visible_to(actor: Actor) -> Select[Export]:
    """One's own, in the capacity one acts in."""
    match actor:
        case System():
            return select(Export)
        case Member(account_id=me, organisation_id=here):
            return select(Export).where(Export.account_id == me, Export.organisation_id == here)
        case Learner(account_id=me) | Visitor(account_id=int(me)):
            return select(Export).where(Export.account_id == me, Export.organisation_id == OWN)
        case _:
            return select(Export).where(false())


def can_ask(actor: Actor, subject: object = None) -> bool:
    """Members, and anybody signed in; whether the list is theirs to see is asked of the list."""
    return isinstance(actor, Member) or own_account(actor)


def can_see(actor: Actor, export: Export) -> bool:
    """Only whoever asked for it."""
    return export.account_id == getattr(actor, "account_id", None)


def can_take(actor: Actor, export: Export) -> bool:
    """Only whoever asked for it; what the list shows them is asked again."""
    return can_see(actor, export)
