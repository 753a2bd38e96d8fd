"""Whose notices one reads: one's own, in the capacity one acts in."""

from sqlalchemy import Select, false, or_, select

from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Visitor
from training.notices.models import ACCOUNT, Dropped, Notification

UNSEEN = (Dropped.NO_LONGER_THEIRS, Dropped.OFF)
"""Why a notice is not shown to its own recipient either."""


def visible_to(actor: Actor) -> Select[Notification]:
    """The notices that reached this actor, those about records that are no longer theirs left out; every query starts here."""
    mine = select(Notification).where(
        Notification.to_kind == ACCOUNT, or_(Notification.dropped.is_(None), Notification.dropped.not_in(UNSEEN))
    )
    match actor:
        case Member(account_id=account, organisation_id=organisation):
            return mine.where(Notification.to_id == account, Notification.organisation_id == organisation)
        case Learner(account_id=account):
            return mine.where(Notification.to_id == account, Notification.organisation_id.is_(None))
        case Visitor(account_id=int(account)):
            return mine.where(Notification.to_id == account)
        case _:
            return select(Notification).where(false())


def letters_visible_to(actor: Actor) -> Select[Notification]:
    """Of which letters the actor may know what became: one's own, in every capacity; all of them for whoever runs the installation."""
    match actor:
        case Member(kind=OrganisationKind.OPERATOR):
            return select(Notification)
        case Visitor(account_id=int(account)):
            return select(Notification).where(Notification.to_kind == ACCOUNT, Notification.to_id == account)
        case _:
            return select(Notification).where(false())


def can_read(actor: Actor, notification: Notification) -> bool:
    """Only the account that was told."""
    return notification.to_kind == ACCOUNT and getattr(actor, "account_id", None) == notification.to_id


def can_list(actor: Actor, subject: object = None) -> bool:
    """Whoever is signed in, in each capacity."""
    return isinstance(actor, Member | Learner) or (isinstance(actor, Visitor) and actor.account_id is not None)


def can_choose(actor: Actor, subject: object = None) -> bool:
    """Whoever is signed in, on the pages of their own account."""
    return isinstance(actor, Visitor) and actor.account_id is not None
