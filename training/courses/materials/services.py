"""Giving a cohort its materials, and telling it of them."""

from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import update

from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.lessons.queries import listeners
from training.courses.materials import policies, queries
from training.courses.materials.models import Material
from training.courses.materials.workflow import LIFECYCLE, Event, Notice
from training.courses.programmes.models import Module
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.kernel import clock
from training.kernel.db import db, expect, hold, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.notices.services import notify
from training.turns.services import move

KINDS = frozenset({media.PDF, media.DOCX, media.XLSX, media.CSV, media.TEXT, media.PNG, media.JPEG})
LIMIT = 15_000_000
"""Bytes of a file."""
QUIET = timedelta(minutes=30)
"""A cohort is told when nothing has been added for so long: what is put up together is told together."""


def add_file(
    actor: Actor,
    cohort: Cohort,
    *,
    source: Readable | bytes,
    name: str,
    module: Module,
    title: str,
    description: str | None = None,
    shown_from_on: date | None = None,
) -> Material:
    """Gives a cohort a file, the last of its module."""
    authorise(policies.can_add_file, actor, cohort)
    received = storage.receive(source, name=name, kinds=KINDS, limit=LIMIT)
    return _add_file(actor, cohort, received=received, module=module, title=title, description=description, shown_from_on=shown_from_on)


@transaction()
def _add_file(
    actor: Actor, cohort: Cohort, *, received: Received, module: Module, title: str, description: str | None, shown_from_on: date | None
) -> Material:
    authorise(policies.can_add_file, actor, cohort)
    material = _made(cohort, module, title, description, shown_from_on)
    file = keep_received(actor, received)
    material.file_id = file.id
    db.session.add(material)
    claim(file, material)
    record(actor, Event.ADDED, material, cohort=cohort.id, module=module.id, shown_from_on=shown_from_on, size=file.size)
    return material


@transaction()
def add_link(
    actor: Actor,
    cohort: Cohort,
    *,
    url: str,
    module: Module,
    title: str,
    description: str | None = None,
    shown_from_on: date | None = None,
) -> Material:
    """Gives a cohort a link, the last of its module."""
    authorise(policies.can_add_link, actor, cohort)
    require(policies.why_not_link(url), field="url")
    material = _made(cohort, module, title, description, shown_from_on)
    material.url = url
    db.session.add(material)
    record(actor, Event.ADDED, material, cohort=cohort.id, module=module.id, shown_from_on=shown_from_on)
    return material


@transaction()
def edit(
    actor: Actor,
    material: Material,
    *,
    version: int,
    module: Module,
    title: str,
    description: str | None,
    shown_from_on: date | None,
    url: str | None = None,
) -> None:
    """Other words, another module, day or address; a file stays the file it is."""
    authorise(policies.can_edit, actor, material)
    expect(material, version)
    hold(material.cohort)
    if module.id != material.module_id:
        require(policies.why_not_module(module, material.cohort), field="module_id")
        material.position = queries.last_of(material.cohort_id, module.id) + 1
        material.module, material.module_id = module, module.id
    if material.url is not None:
        require(policies.why_not_link(url or ""), field="url")
        material.url = url
    material.title, material.description = title, description
    if shown_from_on != material.shown_from_on:
        material.shown_from_on, material.shown_at = shown_from_on, _beginning(material.cohort, shown_from_on)
    record(actor, Event.EDITED, material, module=module.id, shown_from_on=shown_from_on)


@transaction()
def place(actor: Actor, material: Material, *, by: int) -> None:
    """Changes places with the material before it (`by` is -1) or after it (1) in its module; at the end it stays."""
    authorise(policies.can_place, actor, material)
    hold(material.cohort)
    shown = list(queries.beside(material))
    to = shown.index(material) + by if material in shown else -1
    if 0 <= to < len(shown):
        other = shown[to]
        material.position, other.position = other.position, material.position
        record(actor, Event.PLACED, material, before=other.position, position=material.position)


@transaction()
def withdraw(actor: Actor, material: Material) -> None:
    """Takes a material down: the cohort does not see it any more, the school keeps it."""
    authorise(policies.can_withdraw, actor, material)
    move(actor, LIFECYCLE, "withdraw", material)
    record(actor, Event.WITHDRAWN, material, cohort=material.cohort_id)


@transaction()
def put_back(actor: Actor, material: Material) -> None:
    """Shows a material again that was taken down, in its place; nobody is told of it twice."""
    authorise(policies.can_put_back, actor, material)
    require(policies.why_not_add(material.cohort))
    move(actor, LIFECYCLE, "put_back", material)
    record(actor, Event.PUT_BACK, material, cohort=material.cohort_id)


@transaction()
def tell(actor: System) -> int:
    """Tells each cohort of what it can see by now: once a day at most, and once nothing has been added for a while; returns how many cohorts."""
    today, quiet_since = clock.today(), clock.now() - QUIET
    news = [list(found) for _cohort, found in groupby(queries.untold(today), key=lambda one: one.cohort_id)]
    ready = [found for found in news if max(one.shown_at for one in found) <= quiet_since]
    people = listeners({found[0].cohort_id for found in ready}) if ready else {}
    for found in ready:
        notify(Notice.ADDED, found[0], to=people.get(found[0].cohort_id, ()), number=len(found))
    told = [one.id for found in ready for one in found]
    if told:
        rows = update(Material).where(Material.id.in_(told)).values(told_on=today)
        db.session.execute(rows.execution_options(synchronize_session=False))
    return len(ready)


def _made(cohort: Cohort, module: Module, title: str, description: str | None, shown_from_on: date | None) -> Material:
    """A further material at the end of its module; nobody else adds one meanwhile."""
    hold(cohort)
    require(policies.why_not_add(cohort, number=queries.number_in(cohort.id)))
    require(policies.why_not_module(module, cohort), field="module_id")
    return Material(
        school_id=cohort.school_id,
        cohort=cohort,
        cohort_id=cohort.id,
        module=module,
        module_id=module.id,
        position=queries.last_of(cohort.id, module.id) + 1,
        title=title,
        description=description,
        shown_from_on=shown_from_on,
        shown_at=_beginning(cohort, shown_from_on),
    )


def _beginning(cohort: Cohort, day: date | None) -> datetime:
    """When a day begins at the cohort's school; without one, now."""
    return clock.now() if day is None else clock.end_of(max(day, date(1900, 1, 1)) - timedelta(days=1), zone_of(cohort))
