"""Who writes the modules of a version: whoever writes the version."""

from collections.abc import Mapping, Sequence

from training.courses.programmes import policies as programmes
from training.courses.programmes.models import Module, ProgrammeVersion
from training.courses.programmes.tree import under
from training.courses.programmes.workflow import HourKind
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor


def can_write(actor: Actor, version: ProgrammeVersion) -> bool:
    """Managers and teachers of the school."""
    return programmes.can_edit(actor, version)


def can_edit(actor: Actor, module: Module) -> bool:
    """The same people."""
    return programmes.can_edit(actor, module.of)


def why_not_spread(hours: int, spread: Mapping[HourKind, int]) -> list[str | LazyString]:
    """The kinds of hours fit into the module's hours."""
    spent = sum(spread.values())
    return [] if spent <= hours else [_l("The kinds of hours add up to %(sum)d, the module has %(total)d.", sum=spent, total=hours)]


def why_not_part_of(module: Module | None, parent_id: int | None, modules: Sequence[Module]) -> list[str | LazyString]:
    """A module is part of another one of the same version, and neither of itself nor of its own parts."""
    if parent_id is None:
        return []
    if parent_id not in {one.id for one in modules}:
        return [_l("This module does not belong to the version.")]
    if module is not None and parent_id in under(module.id, modules):
        return [_l("A module cannot be a part of itself or of its own parts.")]
    return []


def why_not_remove(module: Module, modules: Sequence[Module]) -> list[str | LazyString]:
    """One with parts stays until those are gone."""
    return [_l("This module has parts. Remove those first.")] if len(under(module.id, modules)) > 1 else []
