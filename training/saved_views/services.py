"""Keeping, changing and deleting saved views: notes to oneself, which leave no row in the trail."""

from collections.abc import Mapping
from typing import Any

from training.kernel.db import db, transaction
from training.kernel.policy import Actor, Member, NotNow, Visitor, authorise, require
from training.saved_views import policies, queries
from training.saved_views.models import SavedView


@transaction()
def save(actor: Actor, listing: str, *, name: str, query: Mapping[str, Any], preferred: bool = False, shared: bool = False) -> SavedView:
    """Keeps what a list is narrowed to and how it is ordered, under a new name."""
    authorise(policies.can_save, actor, None)
    own = queries.own(actor, listing)
    require(policies.why_not_save(kept=len(own), taken=queries.named(actor, listing, name) is not None))
    assert isinstance(actor, Member | Visitor)
    assert actor.account_id is not None
    view = SavedView(account_id=actor.account_id, organisation_id=queries.kept_in(actor), listing=listing, query=dict(query))
    view.call(name)
    view.shared = shared and policies.can_share(actor)
    _prefer(actor, view, preferred=preferred)
    db.session.add(view)
    return view


@transaction()
def replace(actor: Actor, view: SavedView, *, query: Mapping[str, Any]) -> None:
    """Gives a view of one's own another content under the same name."""
    authorise(policies.can_edit, actor, view)
    view.query = dict(query)


@transaction()
def edit(actor: Actor, view: SavedView, *, name: str, preferred: bool, shared: bool = False) -> None:
    """Renames a view, opens the list with it, shares it."""
    authorise(policies.can_edit, actor, view)
    other = queries.named(actor, view.listing, name)
    if other is not None and other.id != view.id:
        raise NotNow(*policies.why_not_save(kept=0, taken=True), field="name")
    view.call(name)
    view.shared = shared and policies.can_share(actor)
    _prefer(actor, view, preferred=preferred)


@transaction()
def delete(actor: Actor, view: SavedView) -> None:
    """The view is gone; the list stays as it is."""
    authorise(policies.can_delete, actor, view)
    db.session.delete(view)


def _prefer(actor: Actor, view: SavedView, *, preferred: bool) -> None:
    """At most one view opens the list."""
    if preferred:
        for other in queries.own(actor, view.listing):
            if other is not view:
                other.preferred = False
        db.session.flush()  # the database refuses two, even for a moment
    view.preferred = preferred
