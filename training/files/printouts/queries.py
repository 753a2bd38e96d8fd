"""Finding the documents that somebody asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.files.printouts.models import Printout
from training.files.printouts.policies import visible_to
from training.files.printouts.workflow import State
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.kernel.wiring import wired

_BY_SLUG = by_key(visible_to, Printout.slug, joinedload(Printout.file))
_BY_ID = by_key(visible_to, Printout.id, joinedload(Printout.file))


def of_slug(actor: Actor, slug: str) -> Printout:
    """The document of that address, or NotFound."""
    return _BY_SLUG.one(actor, key=slug)


def of_id(actor: Actor, printout_id: int) -> Printout:
    """The document of that key, or NotFound."""
    return _BY_ID.one(actor, key=printout_id)


def about(actor: Actor, printout: Printout) -> tuple[str, str] | None:
    """What a document was made from, as the title and the page of the record that its arguments name; None when that is not the actor's to see."""
    kinds = wired().kinds
    for name, value in printout.args.items():
        if name in kinds and str(value).isdecimal() and len(str(value)) < 10:
            try:
                found = kinds[name].find(actor, int(value))
            except NotFound:
                return None
            return kinds[name].title(found), kinds[name].url(actor, found)
    return None


def over(before: datetime, limit: int = 500) -> Sequence[Printout]:
    """Those that were made before a moment, the oldest first."""
    query = select(Printout).where(Printout.state == State.MADE, Printout.asked_at < before).options(joinedload(Printout.file))
    return db.session.scalars(query.order_by(Printout.asked_at, Printout.id).limit(limit)).all()
