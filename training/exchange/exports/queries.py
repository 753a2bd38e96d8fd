"""Reading the files that somebody asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import joinedload

from training.exchange.exports.models import KEPT, Export
from training.exchange.exports.policies import visible_to
from training.exchange.exports.workflow import Shape, State
from training.exchange.importers import importers
from training.kernel.db import NotFound, db
from training.kernel.listings import Listing
from training.kernel.policy import Actor, System

SHOWN = 30
"""Files on the page of one's own."""


def mine(actor: Actor) -> Sequence[Export]:
    """The newest that the actor asked for and that had to be made, newest first."""
    query = visible_to(actor).where(Export.state != State.DIRECT).options(joinedload(Export.file))
    return db.session.scalars(query.order_by(Export.id.desc()).limit(SHOWN)).all()


def of_slug(actor: Actor, slug: str) -> Export:
    """The file of that address, or NotFound."""
    return _one(visible_to(actor).where(Export.slug == slug))


def of_id(actor: Actor, export_id: int) -> Export:
    """The file of that key, or NotFound."""
    return _one(visible_to(actor).where(Export.id == export_id))


def _one(query: Select[Export]) -> Export:
    found = db.session.scalars(query.options(joinedload(Export.file)).execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def shaped(listing: Listing, shape: Shape) -> Listing:
    """The list as it shall go out; NotFound when it is not imported and so has no such layout, or cannot come in as a bundle."""
    if shape is Shape.LISTED:
        return listing
    if listing.layout is None or (shape.bundle and importers()[listing.layout.kind].bundled is None):
        raise NotFound
    return listing.laid_out()


def over(now: datetime, limit: int = 500) -> Sequence[Export]:
    """Those whose time to be downloaded has passed, at most `limit`."""
    past = or_(*(and_(Export.state == state, Export.asked_at < now - age) for state, age in KEPT.items()))
    query = visible_to(System("exports")).where(past).options(joinedload(Export.file))
    return db.session.scalars(query.order_by(Export.id).limit(limit)).all()
