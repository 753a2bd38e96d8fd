"""Who sees a school's rooms, and who names them."""

from sqlalchemy import Select, false, select

from training.courses.rooms.models import Room
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation


def visible_to(actor: Actor) -> Select[Room]:
    """A school's own, to everybody there."""
    match actor:
        case System():
            return select(Room)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Room).where(Room.school_id == mine)
        case _:
            return select(Room).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Everybody at a school."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_add(actor: Actor, school: Organisation) -> bool:
    """Managers of a school."""
    return holds(actor, Role.MANAGER, at=school.id) and can_list(actor)


def can_edit(actor: Actor, room: Room) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=room.school_id)
