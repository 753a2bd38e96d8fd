"""Finding organisations."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db, rows
from training.kernel.policy import Actor, Member, OrganisationKind
from training.kernel.prepared import by_key
from training.organisations.models import Organisation, Park, Site
from training.organisations.policies import visible_to
from training.organisations.workflow import State
from training.search.services import PUBLIC, of_organisation

_BY_ID = by_key(visible_to, Organisation.id)


def organisation(actor: Actor, organisation_id: int) -> Organisation:
    """One organisation that the actor may know of."""
    return _BY_ID.one(actor, key=organisation_id)


_BY_SLUG = by_key(visible_to, Organisation.slug)


def by_slug(actor: Actor, slug: str) -> Organisation:
    """One organisation by the name in its public address."""
    return _BY_SLUG.one(actor, key=slug)


def own(actor: Actor) -> Organisation:
    """The organisation that the actor acts for."""
    if not isinstance(actor, Member):
        raise NotFound
    return organisation(actor, actor.organisation_id)


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
    return {key: name for key, name in rows(query)}  # noqa: C416 - dict() loses the types


def slug_of(organisation_id: int) -> str:
    """The name in an organisation's public address, which never changes: asked once in a session."""
    known: dict[int, str] = db.session.info.setdefault("slugs", {})
    if organisation_id not in known:
        known[organisation_id] = db.session.scalars(select(Organisation.slug).where(Organisation.id == organisation_id)).one()
    return known[organisation_id]


def zone_of(organisation_id: int) -> str:
    """Where an organisation's clock is."""
    return db.session.scalars(select(Organisation.zone).where(Organisation.id == organisation_id)).one()


def finders(organisation: Organisation, *, published: bool) -> list[str]:
    """Who may find something of an organisation's, as scopes of the index: its people, everybody once it is published, nobody after closing."""
    if organisation.state is State.CLOSED:
        return []
    own = of_organisation(organisation.id)
    return [PUBLIC, own] if published and organisation.active else [own]
