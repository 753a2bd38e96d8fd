"""Writing what a draft asks for beforehand."""

from collections.abc import Mapping

from sqlalchemy import delete

from training.audit.services import record
from training.courses.prerequisites import policies, queries
from training.courses.prerequisites.workflow import Event
from training.courses.programmes import policies as programmes
from training.courses.programmes.models import Prerequisite, ProgrammeVersion
from training.courses.programmes.queries import prerequisites_of
from training.courses.programmes.workflow import Needs
from training.kernel.db import db, expect, transaction
from training.kernel.policy import Actor, authorise, require


@transaction()
def add(actor: Actor, version: ProgrammeVersion, *, programme_id: int) -> None:
    """One more programme is asked for; all of them, as long as nothing else is said."""
    authorise(policies.can_add, actor, version)
    require(programmes.why_not_edit(version))
    there = {one.needed_id for one in prerequisites_of(version)}
    require(policies.why_not_add(version, queries.one(version, programme_id), there=there))
    db.session.add(Prerequisite(version_id=version.id, programme_id=version.programme_id, needed_id=programme_id, points=1))
    version.needs = version.needs or Needs.ALL
    record(actor, Event.ADDED, version, programme=programme_id)


@transaction()
def remove(actor: Actor, version: ProgrammeVersion, *, programme_id: int) -> None:
    """A programme is not asked for any more; after the last one nothing is."""
    authorise(policies.can_remove, actor, version)
    require(programmes.why_not_edit(version))
    there = {one.needed_id for one in prerequisites_of(version)}
    if programme_id not in there:
        return
    db.session.execute(delete(Prerequisite).where(Prerequisite.version_id == version.id, Prerequisite.needed_id == programme_id))
    if there == {programme_id}:
        version.needs = version.needs_least = None
    record(actor, Event.REMOVED, version, programme=programme_id)


@transaction()
def edit(actor: Actor, draft: ProgrammeVersion, *, version: int, needs: Needs, least: int | None, points: Mapping[int, int]) -> None:
    """How much is needed: all, so many programmes, or so many points; `points` are by programme, and count for the last only."""
    authorise(policies.can_edit, actor, draft)
    require(programmes.why_not_edit(draft))
    expect(draft, version)
    there = prerequisites_of(draft)
    require(policies.why_not_edit(needs, least, there=len(there)), field="least")
    draft.needs, draft.needs_least = needs, None if needs is Needs.ALL else least
    for one in there:
        one.points = points.get(one.needed_id, one.points) if needs is Needs.POINTS else 1
    record(actor, Event.EDITED, draft, needs=needs, least=draft.needs_least)
