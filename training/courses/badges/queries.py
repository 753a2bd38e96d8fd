"""Finding keys, and what badges and status lists are made of."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.badges.content import PLACES
from training.courses.badges.models import SigningKey
from training.courses.badges.policies import visible_to
from training.courses.badges.workflow import Algorithm
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, OrganisationKind
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState


class Listed(NamedTuple):
    """Which status list somebody asks for."""

    school: Organisation
    number: int
    algorithm: Algorithm


def keys(actor: Actor) -> Sequence[SigningKey]:
    """All keys, the newest first: retired ones still verify what they have signed."""
    return db.session.scalars(visible_to(actor).order_by(SigningKey.id.desc())).all()


def key(actor: Actor, slug: str) -> SigningKey:
    """One key by its name."""
    found = known(slug)
    if found is None:
        raise NotFound
    return found


def known(name: str) -> SigningKey | None:
    """One key by its name, if it is ours."""
    return db.session.scalars(select(SigningKey).where(SigningKey.name == name)).one_or_none()


def current(algorithm: Algorithm) -> SigningKey | None:
    """The key that signs now."""
    query = select(SigningKey).where(SigningKey.algorithm == algorithm, SigningKey.retired_at.is_(None))
    return db.session.scalars(query).one_or_none()


def issued(actor: Actor, slug: str) -> Credential:
    """A valid credential by its public name, for anybody: a badge is only made of what counts."""
    query = select(Credential).where(Credential.slug == slug, Credential.state == State.ISSUED)
    found = db.session.scalars(query.options(joinedload(Credential.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_slug(slug: str) -> Credential | None:
    """A credential by its public name, whatever became of it."""
    query = select(Credential).where(Credential.slug == slug, Credential.number.is_not(None))
    return db.session.scalars(query.options(joinedload(Credential.school))).one_or_none()


def issuer(actor: Actor, slug: str) -> Organisation:
    """A school that issues, for anybody; a closed one's badges stay checkable."""
    query = select(Organisation).where(Organisation.slug == slug, Organisation.kind == OrganisationKind.SCHOOL)
    found = db.session.scalars(query.where(Organisation.state != OrganisationState.PENDING)).one_or_none()
    if found is None:
        raise NotFound
    return found


def revoked(school_id: int, number: int) -> Sequence[int]:
    """The keys of the credentials that a school has revoked, of one status list."""
    query = select(Credential.id).where(Credential.school_id == school_id, Credential.state == State.REVOKED)
    return db.session.scalars(
        query.where(Credential.id >= number * PLACES, Credential.id < (number + 1) * PLACES).order_by(Credential.id)
    ).all()


def listed(actor: Actor, slug: str, number: int, name: str) -> Listed:
    """A status list by its address; one that no credential can be on is not there."""
    if number > 2**31 // PLACES:
        raise NotFound
    return Listed(issuer(actor, slug), number, algorithm(name))


def algorithm(name: str) -> Algorithm:
    """The algorithm of that name; an unknown one is an address that is not there."""
    found = next((one for one in Algorithm if one.value == name), None)
    if found is None:
        raise NotFound
    return found
