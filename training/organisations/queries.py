"""Finding organisations."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.keys import sort_key
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Member, OrganisationKind
from training.organisations.models import Organisation, Park, Site
from training.organisations.policies import visible_to
from training.organisations.workflow import State


def organisation(actor: Actor, organisation_id: int) -> Organisation:
    """One organisation that the actor may know of."""
    found = db.session.scalars(visible_to(actor).where(Organisation.id == organisation_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def by_slug(actor: Actor, slug: str) -> Organisation:
    """One organisation by the name in its public address."""
    found = db.session.scalars(visible_to(actor).where(Organisation.slug == slug)).one_or_none()
    if found is None:
        raise NotFound
    return found


def own(actor: Actor) -> Organisation:
    """The organisation that the actor acts for."""
    if not isinstance(actor, Member):
        raise NotFound
    return organisation(actor, actor.organisation_id)


def listed(actor: Actor, wanted: Wanted) -> Slice[Organisation]:
    """The organisations an actor may know of, by name; filters `kind`, `state`, `town`."""
    query = visible_to(actor)
    if wanted.words:
        key = sort_key(wanted.words).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        query = query.where(or_(Organisation.name_key.like(f"%{key}%", escape="\\"), Organisation.inn == wanted.words))
    if kinds := [kind for kind in OrganisationKind if kind in wanted.chosen("kind")]:
        query = query.where(Organisation.kind.in_(kinds))
    if states := [state for state in State if state in wanted.chosen("state")]:
        query = query.where(Organisation.state.in_(states))
    if towns := wanted.chosen("town"):
        query = query.where(Organisation.town.in_(towns))
    return paged(query, wanted, Organisation.name_key, Organisation.id)


def sites(organisation: Organisation) -> Sequence[Site]:
    """The sites of an organisation, with their parks."""
    query = select(Site).where(Site.organisation_id == organisation.id).options(joinedload(Site.park))
    return db.session.scalars(query.order_by(Site.name, Site.id)).all()


def parks() -> Sequence[Park]:
    """All industrial parks."""
    return db.session.scalars(select(Park).order_by(Park.name, Park.id)).all()


def authority() -> Organisation | None:
    """The authority that verifies new organisations: the oldest verified one."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.AUTHORITY, Organisation.state == State.VERIFIED)
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).one_or_none()


def names(ids: Collection[int]) -> dict[int, str]:
    """The short names by id: one statement."""
    if not ids:
        return {}
    query = select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(ids))
    return {key: name for key, name in db.session.execute(query)}  # noqa: C416 - dict() loses the types


def slug_of(organisation_id: int) -> str:
    """The name in an organisation's public address, which never changes: asked once in a session."""
    known: dict[int, str] = db.session.info.setdefault("slugs", {})
    if organisation_id not in known:
        known[organisation_id] = db.session.scalars(select(Organisation.slug).where(Organisation.id == organisation_id)).one()
    return known[organisation_id]


def zone_of(organisation_id: int) -> str:
    """Where an organisation's clock is."""
    return db.session.scalars(select(Organisation.zone).where(Organisation.id == organisation_id)).one()
