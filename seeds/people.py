"""Invented people: no account of the demonstration is a living person's."""

from typing import NamedTuple

from seeds.names import Name
from training.accounts import services
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.kernel.policy import Member, System

ACTOR = System("seeds")


class Staff(NamedTuple):
    """A member of an organisation, with the actor they are there."""

    membership: Membership
    actor: Member


def account(name: Name, *, email: str | None = None, login_name: str | None = None) -> Account:
    """An account without a password: in the demonstration one signs in at one click."""
    return services.create(ACTOR, name=f"{name.given} {name.family}", email=email, login_name=login_name, language="ru")
