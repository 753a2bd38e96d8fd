"""Badges and the keys that verify them are for everybody who is shown one; who checks is not asked for a name."""

from sqlalchemy import Select, false, select

from training.courses.badges.models import SigningKey
from training.kernel.policy import Actor, System, Visitor


def visible_to(actor: Actor) -> Select[SigningKey]:
    """All of them to everybody: what is published of them is the public half."""
    match actor:
        case System() | Visitor():
            return select(SigningKey)
        case _:
            return select(SigningKey).where(false())


def can_keep(actor: Actor, subject: object = None) -> bool:
    """Keys are made and changed by the product itself and on the command line."""
    return isinstance(actor, System)
