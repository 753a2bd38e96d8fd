"""Finding rooms."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from training.courses.rooms.models import Room
from training.courses.rooms.policies import visible_to
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor


def rooms(actor: Actor) -> Sequence[Room]:
    """All rooms of the actor's school by name, with their sites."""
    return db.session.scalars(visible_to(actor).options(joinedload(Room.site)).order_by(Room.name_key, Room.id)).all()


def room(actor: Actor, room_id: int) -> Room:
    """One room with its site."""
    found = db.session.scalars(visible_to(actor).where(Room.id == room_id).options(joinedload(Room.site))).one_or_none()
    if found is None:
        raise NotFound
    return found
