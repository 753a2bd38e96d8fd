"""Finding materials: a cohort's by module, one, and those that a cohort has not been told of."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from training.courses.cohorts.models import Cohort
from training.courses.materials.models import Material
from training.courses.materials.policies import visible_to
from training.courses.materials.workflow import State
from training.courses.programmes.models import Module
from training.courses.programmes.queries import modules_of
from training.kernel import clock
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key

AT_ONCE = 2_000
"""Materials whose cohorts are told in one go."""
_WHOLE = (joinedload(Material.cohort), joinedload(Material.module), joinedload(Material.file))
_BY_ID = by_key(visible_to, Material.id, *_WHOLE)


def material(actor: Actor, material_id: int) -> Material:
    """One material with its cohort, module and file: one statement."""
    return _BY_ID.one(actor, key=material_id)


def with_file(actor: Actor, material_id: int) -> Material:
    """One material that is a file; NotFound for a link."""
    found = material(actor, material_id)
    if found.file is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Material]:
    """Those materials of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Material.id.in_(ids)).options(*_WHOLE))


def of_cohort(actor: Actor, cohort_id: int) -> Sequence[Material]:
    """The materials of a cohort that the actor may see, in the order of the modules, with modules and files: one statement."""
    query = visible_to(actor).join(Material.module).where(Material.cohort_id == cohort_id)
    query = query.options(contains_eager(Material.module), joinedload(Material.file))
    return db.session.scalars(query.order_by(Module.position, Module.id, Material.position, Material.id)).all()


def by_module(materials: Sequence[Material]) -> list[tuple[Module, list[Material]]]:
    """Materials in the order of their modules, those of a module together."""
    return [(module, list(found)) for module, found in groupby(materials, key=lambda one: one.module)]


def modules(cohort: Cohort) -> Sequence[Module]:
    """What a cohort can be given materials of: everything that its programme teaches."""
    return modules_of(cohort.version_id)


def number_in(cohort_id: int) -> int:
    """How many materials a cohort has, those that were taken down included."""
    return db.session.scalar(select(func.count()).select_from(Material).where(Material.cohort_id == cohort_id)) or 0


def last_of(cohort_id: int, module_id: int) -> int:
    """The last place that is taken in a module of a cohort; 0 in one without materials."""
    query = select(func.max(Material.position)).where(Material.cohort_id == cohort_id, Material.module_id == module_id)
    return db.session.scalar(query) or 0


def beside(material: Material) -> Sequence[Material]:
    """What is shown in the same module of the same cohort, in order, as it is now."""
    here = (Material.cohort_id == material.cohort_id, Material.module_id == material.module_id, Material.state == State.SHOWN)
    query = select(Material).where(*here).order_by(Material.position, Material.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def untold(today: date) -> Sequence[Material]:
    """What cohorts can see and have not been told of, of those that have not been told of anything that day, cohort by cohort."""
    other = aliased(Material)
    told = exists().where(other.cohort_id == Material.cohort_id, other.told_on == today)
    query = select(Material).where(Material.told_on.is_(None), Material.state == State.SHOWN, Material.shown_at <= clock.now(), ~told)
    return db.session.scalars(query.order_by(Material.cohort_id, Material.id).limit(AT_ONCE)).all()
