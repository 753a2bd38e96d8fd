"""Naming rooms."""

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.courses.rooms import policies
from training.courses.rooms.models import Room
from training.courses.rooms.workflow import Event
from training.kernel.db import db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise
from training.organisations.models import Organisation


@transaction()
def add(actor: Actor, school: Organisation, *, name: str, site_id: int | None = None) -> Room:
    """A further room of the school."""
    authorise(policies.can_add, actor, school)
    room = Room(school_id=school.id, site_id=site_id)
    room.call(name)
    _keep(room)
    record(actor, Event.ADDED, room, site=site_id)
    return room


@transaction()
def edit(actor: Actor, room: Room, *, version: int, name: str, site_id: int | None = None) -> None:
    """Another name or place; its lessons stay in it."""
    authorise(policies.can_edit, actor, room)
    expect(room, version)
    room.call(name)
    room.site_id = site_id
    _keep(room)
    record(actor, Event.EDITED, room, site=site_id)


def _keep(room: Room) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(room)
    except IntegrityError:
        raise NotNow(_l("There is a room of this name already."), field="name") from None
