"""Writing what a draft teaches."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from training.audit.services import record
from training.courses.modules import policies
from training.courses.modules.workflow import Event
from training.courses.programmes import policies as programmes
from training.courses.programmes.models import Module, ModuleOutcome, ModuleSkill, ProgrammeVersion
from training.courses.programmes.queries import modules_of
from training.courses.programmes.workflow import HourKind
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise, require


@transaction()
def add(
    actor: Actor,
    version: ProgrammeVersion,
    *,
    code: str,
    title: str,
    hours: int,
    spread: Mapping[HourKind, int] | None = None,
    parent_id: int | None = None,
    outcomes: Sequence[str] = (),
    skills: Mapping[int, int] | None = None,
) -> Module:
    """A further module of a draft, or a part of one, after those that are there; `skills` are levels by skill."""
    authorise(policies.can_write, actor, version)
    modules = _open(version)
    require(policies.why_not_part_of(None, parent_id, modules), field="parent_id")
    require(policies.why_not_spread(hours, spread or {}), field="hours")
    last = max((one.position for one in modules), default=0)
    module = Module(version_id=version.id, parent_id=parent_id, code=code, title=title, hours=hours, position=last + 1)
    module.spend(spread or {})
    db.session.add(module)
    db.session.flush()  # its outcomes and skills refer to its key
    _outcomes(module, (), outcomes)
    _skills(module, skills or {})
    record(actor, Event.ADDED, version, module=module.id, hours=hours)
    return module


@transaction()
def edit(
    actor: Actor,
    version: ProgrammeVersion,
    *,
    module: Module,
    code: str,
    title: str,
    hours: int,
    spread: Mapping[HourKind, int],
    parent_id: int | None,
    outcomes: Sequence[str],
    skills: Mapping[int, int],
) -> None:
    """Changes a module of a draft; an outcome whose words stay keeps its key."""
    authorise(policies.can_write, actor, version)
    modules = _open(version)
    there = _among(modules, module)
    require(policies.why_not_part_of(there, parent_id, modules), field="parent_id")
    require(policies.why_not_spread(hours, spread), field="hours")
    there.code, there.title, there.hours, there.parent_id = code, title, hours, parent_id
    there.spend(spread)
    _outcomes(there, there.outcomes, outcomes)
    db.session.execute(delete(ModuleSkill).where(ModuleSkill.module_id == there.id))
    _skills(there, skills)
    record(actor, Event.EDITED, version, module=there.id, hours=hours)


@transaction()
def place(actor: Actor, version: ProgrammeVersion, *, module: Module, by: int) -> None:
    """Changes places with the module before it (`by` is -1) or after it (1) among those beside it; at the end it stays."""
    authorise(policies.can_write, actor, version)
    modules = _open(version)
    there = _among(modules, module)
    beside = [one for one in modules if one.parent_id == there.parent_id]
    to = beside.index(there) + by
    if 0 <= to < len(beside):
        other = beside[to]
        there.position, other.position = other.position, there.position
        record(actor, Event.PLACED, version, module=there.id)


@transaction()
def remove(actor: Actor, version: ProgrammeVersion, *, module: Module) -> None:
    """Takes a module without parts out of a draft."""
    authorise(policies.can_write, actor, version)
    modules = _open(version)
    there = _among(modules, module)
    require(policies.why_not_remove(there, modules))
    for table in (ModuleSkill, ModuleOutcome):
        db.session.execute(delete(table).where(table.module_id == there.id))
    db.session.execute(delete(Module).where(Module.id == there.id))
    record(actor, Event.REMOVED, version, module=there.id)


def _open(version: ProgrammeVersion) -> Sequence[Module]:
    """The modules of a version that may still change."""
    require(programmes.why_not_edit(version))
    return modules_of(version.id)


def _among(modules: Sequence[Module], module: Module) -> Module:
    there = next((one for one in modules if one.id == module.id), None)
    if there is None:
        raise NotNow(_l("This module does not belong to the version."))
    return there


def _outcomes(module: Module, before: Sequence[ModuleOutcome], words: Sequence[str]) -> None:
    """The outcomes as they are to be, each sentence once."""
    there = {one.words: one for one in before}
    wanted = list(dict.fromkeys(words))
    for place, sentence in enumerate(wanted, 1):
        if sentence in there:
            there[sentence].position = place
        else:
            db.session.add(ModuleOutcome(module_id=module.id, position=place, words=sentence))
    gone = [one.id for one in before if one.words not in wanted]
    if gone:
        db.session.execute(delete(ModuleOutcome).where(ModuleOutcome.id.in_(gone)))


def _skills(module: Module, skills: Mapping[int, int]) -> None:
    db.session.add_all(ModuleSkill(module_id=module.id, skill_id=skill, level=level) for skill, level in skills.items())
