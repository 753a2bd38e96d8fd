"""Who sees and changes which saved view."""

from sqlalchemy import Select, false, or_, select

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import ROLES_OF, Actor, Learner, Member, Visitor, own_account
from training.saved_views.models import OWN, SavedView

MOST = 20
"""Views that a person keeps of one list."""


def visible_to(actor: Actor) -> Select[SavedView]:
    """One's own in the capacity one acts in, and what the organisation shares."""
    match actor:
        case Member(account_id=me, organisation_id=here):
            return select(SavedView).where(SavedView.organisation_id == here, or_(SavedView.account_id == me, SavedView.shared))
        case Learner(account_id=me) | Visitor(account_id=int(me)):
            return select(SavedView).where(SavedView.organisation_id == OWN, SavedView.account_id == me)
        case _:
            return select(SavedView).where(false())


def can_save(actor: Actor, subject: object = None) -> bool:
    """Members, and anybody signed in for themselves."""
    return isinstance(actor, Member) or own_account(actor)


def can_edit(actor: Actor, view: SavedView) -> bool:
    """Whoever keeps it."""
    return view.account_id == getattr(actor, "account_id", None)


def can_delete(actor: Actor, view: SavedView) -> bool:
    """Whoever keeps it; whoever leads the organisation, when it is shared."""
    return can_edit(actor, view) or (view.shared and can_share(actor))


def can_share(actor: Actor, subject: object = None) -> bool:
    """Those who lead an organisation share with its people."""
    return isinstance(actor, Member) and ROLES_OF[actor.kind][0] in actor.roles


def why_not_save(*, kept: int, taken: bool) -> list[LazyString]:
    """Names differ, and there is an end to them."""
    if taken:
        return [_l("You have a view of that name. Choose another name, or replace that view.")]
    if kept >= MOST:
        return [_l("You keep %(most)d views of this list, which is the most. Delete one, or replace one.", most=MOST)]
    return []
