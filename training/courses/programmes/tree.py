"""The modules of a version as the tree that they form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.courses.programmes.models import Module
from training.courses.programmes.workflow import HourKind


@dataclass(frozen=True)
class Branch:
    """A module at its place in the tree, with the modules that are its parts."""

    module: Module
    depth: int
    """0 for a module of its own, 1 for a part of one …"""
    parts: Sequence[Module]
    first: bool
    last: bool
    """Among the modules beside it."""

    @property
    def shared_out(self) -> int:
        """Hours that its parts have together."""
        return sum(part.hours for part in self.parts)


def branches(modules: Sequence[Module]) -> list[Branch]:
    """All modules, each followed by its parts, in their order."""
    beside: dict[int | None, list[Module]] = {}
    for module in modules:
        beside.setdefault(module.parent_id, []).append(module)
    return list(_under(None, beside, 0))


def _under(parent_id: int | None, beside: dict[int | None, list[Module]], depth: int) -> Iterator[Branch]:
    siblings = beside.get(parent_id, [])
    for place, module in enumerate(siblings, 1):
        yield Branch(module, depth, beside.get(module.id, []), first=place == 1, last=place == len(siblings))
        yield from _under(module.id, beside, depth + 1)


def under(module_id: int, modules: Sequence[Module]) -> set[int]:
    """The keys of a module and of all that is part of it, however deep."""
    found = {module_id}
    for branch in branches(modules):
        if branch.module.parent_id in found:
            found.add(branch.module.id)
    return found


def spread(modules: Sequence[Module]) -> dict[HourKind, int]:
    """The hours of the whole by kind, summed over the modules that are part of none."""
    total: dict[HourKind, int] = {}
    for module in modules:
        if module.parent_id is None:
            for kind, hours in module.spread.items():
                total[kind] = total.get(kind, 0) + hours
    return {kind: total[kind] for kind in HourKind if kind in total}
