"""Finding saved views."""

from collections.abc import Sequence

from training.kernel.db import NotFound, db
from training.kernel.keys import sort_key
from training.kernel.policy import Actor, Member
from training.saved_views.models import OWN, SavedView
from training.saved_views.policies import can_edit, visible_to


def kept_in(actor: Actor) -> int:
    """The organisation for which the actor keeps views."""
    return actor.organisation_id if isinstance(actor, Member) else OWN


def of_list(actor: Actor, listing: str) -> Sequence[SavedView]:
    """The views of a list that the actor finds there, one's own first, by name."""
    query = visible_to(actor).where(SavedView.listing == listing)
    mine = SavedView.account_id == getattr(actor, "account_id", None)
    return db.session.scalars(query.order_by(mine.desc(), SavedView.name_key, SavedView.id).limit(60)).all()


def own(actor: Actor, listing: str) -> Sequence[SavedView]:
    """The actor's own views of a list, by name."""
    return [one for one in of_list(actor, listing) if can_edit(actor, one)]


def named(actor: Actor, listing: str, name: str) -> SavedView | None:
    """The actor's own view of that name."""
    return next((one for one in own(actor, listing) if one.name_key == sort_key(name)), None)


def one(actor: Actor, view_id: int) -> SavedView:
    """A view that the actor may see, or NotFound."""
    found = db.session.scalars(visible_to(actor).where(SavedView.id == view_id)).one_or_none()
    if found is None:
        raise NotFound
    return found
