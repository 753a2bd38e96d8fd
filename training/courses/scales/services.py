"""New editions of mark scales."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, update

from training.audit.services import record
from training.courses.scales import policies, queries
from training.courses.scales.models import ScaleBand, ScaleEdition
from training.courses.scales.policies import Band
from training.courses.scales.workflow import Event, ScaleKind
from training.kernel import clock
from training.kernel.db import db, expect, transaction
from training.kernel.policy import Actor, authorise, require
from training.organisations.models import Organisation


@transaction()
def add(actor: Actor, school: Organisation, *, kind: ScaleKind, valid_from_on: date, source: str, bands: Sequence[Band]) -> ScaleEdition:
    """A further edition of one of the school's scales; assessments that are held from that day on use it."""
    authorise(policies.can_add, actor, school)
    taken = queries.is_taken(school.id, kind, valid_from_on)
    require(policies.why_not_add(bands, valid_from_on=valid_from_on, today=clock.today(school.zone), taken=taken))
    edition = ScaleEdition(school_id=school.id, kind=kind, valid_from_on=valid_from_on, source=source)
    db.session.add(edition)
    db.session.flush()  # its bands refer to its key
    _write(edition, bands)
    record(actor, Event.ADDED, edition, kind=kind, valid_from_on=valid_from_on)
    return edition


@transaction()
def edit(actor: Actor, edition: ScaleEdition, *, version: int, source: str, bands: Sequence[Band]) -> None:
    """Changes an edition that nothing was marked by yet."""
    authorise(policies.can_edit, actor, edition)
    expect(edition, version)
    require(policies.why_not_edit(edition))
    require(policies.why_not_bands(bands))
    edition.source = source
    db.session.execute(delete(ScaleBand).where(ScaleBand.edition_id == edition.id).execution_options(synchronize_session=False))
    _write(edition, bands)
    record(actor, Event.CHANGED, edition, kind=edition.kind)


def use(edition: ScaleEdition) -> None:
    """An assessment is marked by it: from now on it never changes."""
    unused = update(ScaleEdition).where(ScaleEdition.id == edition.id, ScaleEdition.used.is_(False)).values(used=True)
    db.session.execute(unused.execution_options(synchronize_session=False))


def _write(edition: ScaleEdition, bands: Sequence[Band]) -> None:
    db.session.add_all(ScaleBand(edition_id=edition.id, **band._asdict()) for band in bands)
