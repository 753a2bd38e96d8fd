"""What is done with organisations."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from training.audit.services import record
from training.kernel import clock, keys
from training.kernel.db import db, expect, transaction
from training.kernel.policy import Actor, OrganisationKind, System, authorise, require
from training.organisations import policies, queries
from training.organisations.models import Organisation, Park, Site
from training.organisations.workflow import LIFECYCLE, Event, State
from training.turns.services import begin, move


@transaction()
def found(
    actor: Actor,
    *,
    kind: OrganisationKind,
    legal_name: str,
    short_name: str,
    town: str,
    address: str | None = None,
    slug: str | None = None,
    latin_name: str | None = None,
    **details: Any,
) -> Organisation:
    """A new organisation, waiting for the authority to verify it."""
    authorise(policies.can_found, actor, None)
    authority = queries.authority() if kind in {OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER} else None
    organisation = Organisation(
        slug=slug or keys.slug(),
        kind=kind,
        town=town,
        address=address,
        authority_id=authority.id if authority else None,
        state=State.PENDING,
        **details,
    )
    organisation.rename(legal_name, short_name, latin_name)
    db.session.add(organisation)
    begin(actor, LIFECYCLE, organisation)
    record(actor, Event.FOUNDED, organisation, kind=kind)
    return organisation


@transaction()
def edit(
    actor: Actor, organisation: Organisation, *, version: int, legal_name: str, short_name: str, latin_name: str | None, **details: Any
) -> None:
    """Changes names, address and the public description."""
    authorise(policies.can_edit, actor, organisation)
    expect(organisation, version)
    organisation.rename(legal_name, short_name, latin_name)
    for name, value in details.items():
        setattr(organisation, name, value)
    record(actor, Event.EDITED, organisation)


@transaction()
def verify(actor: Actor, organisation: Organisation) -> None:
    """The authority has checked who they are; from now on they may publish."""
    authorise(policies.can_verify, actor, organisation)
    require(policies.why_not_verify(organisation))
    move(actor, LIFECYCLE, "verify", organisation)
    record(actor, Event.VERIFIED, organisation)


@transaction()
def certify(actor: System, organisation: Organisation) -> None:
    """The installation vouches for its own authority and operator, which nobody here could verify."""
    move(actor, LIFECYCLE, "certify", organisation)
    record(actor, Event.VERIFIED, organisation)


@transaction()
def suspend(actor: Actor, organisation: Organisation, *, reason: str) -> None:
    """Takes an organisation out of public view until it is reinstated."""
    authorise(policies.can_suspend, actor, organisation)
    move(actor, LIFECYCLE, "suspend", organisation, reason=reason)
    record(actor, Event.SUSPENDED, organisation, detail={"reason": reason})


@transaction()
def reinstate(actor: Actor, organisation: Organisation) -> None:
    """Ends a suspension."""
    authorise(policies.can_reinstate, actor, organisation)
    move(actor, LIFECYCLE, "reinstate", organisation)
    record(actor, Event.REINSTATED, organisation)


@transaction()
def close(actor: Actor, organisation: Organisation, *, reason: str) -> None:
    """Ends an organisation's part here; its history stays."""
    authorise(policies.can_close, actor, organisation)
    move(actor, LIFECYCLE, "close", organisation, reason=reason)
    record(actor, Event.CLOSED, organisation, detail={"reason": reason})


@transaction()
def add_site(actor: Actor, organisation: Organisation, *, name: str, town: str, address: str, park_id: int | None = None) -> Site:
    """A further place where the organisation works."""
    authorise(policies.can_edit, actor, organisation)
    site = Site(organisation_id=organisation.id, park_id=park_id, name=name, town=town, address=address)
    db.session.add(site)
    record(actor, Event.SITE_ADDED, organisation)
    return site


@transaction()
def dismiss_steps(actor: Actor, organisation: Organisation) -> None:
    """Its leaders are not shown the first steps any more; twice is once."""
    authorise(policies.can_dismiss_steps, actor, organisation)
    if organisation.first_steps_over_at is None:
        _set_steps_over(organisation, clock.now())
        record(actor, Event.STEPS_DISMISSED, organisation)


@transaction()
def restore_steps(actor: Actor, organisation: Organisation) -> None:
    """Its leaders are shown the first steps again."""
    authorise(policies.can_restore_steps, actor, organisation)
    if organisation.first_steps_over_at is not None:
        _set_steps_over(organisation, None)
        record(actor, Event.STEPS_RESTORED, organisation)


def _set_steps_over(organisation: Organisation, moment: datetime | None) -> None:
    """Beside the version: whoever edits the details meanwhile is not disturbed."""
    change = update(Organisation).where(Organisation.id == organisation.id).values(first_steps_over_at=moment)
    db.session.execute(change.execution_options(synchronize_session=False))


@transaction()
def add_park(actor: Actor, *, name: str, town: str) -> Park:
    """An industrial park, as reference data."""
    authorise(policies.can_add_park, actor, None)
    park = Park(slug=keys.slug(), name=name, town=town)
    db.session.add(park)
    return park
