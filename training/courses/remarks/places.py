"""The sections of a version that a remark can be about, as a form names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.courses.programmes.models import Module
from training.courses.programmes.tree import branches
from training.courses.remarks.workflow import Section
from training.kernel.i18n import LazyString


@dataclass(frozen=True)
class Place:
    """One section, and the module or outcome in it."""

    section: Section
    label: str | LazyString
    module: Module | None = None
    outcome_id: int | None = None
    about: str | None = None

    @property
    def value(self) -> str:
        """As a form names it: `details`, `module-12`, `outcome-7`."""
        key = self.outcome_id or (self.module.id if self.module else None)
        return f"{self.section.value}-{key}" if key else self.section.value


def places(modules: Sequence[Module]) -> list[Place]:
    """All of them, in the order of the page."""
    found = [Place(Section.DETAILS, Section.DETAILS.label), Place(Section.MODULES, Section.MODULES.label)]
    for branch in branches(modules):
        module = branch.module
        found.append(Place(Section.MODULE, str(module), module, about=str(module)[:200]))
        found += [
            Place(Section.OUTCOME, f"{module.code}: {one.words}", module, outcome_id=one.id, about=one.words) for one in module.outcomes
        ]
    return found


def choices(modules: Sequence[Module]) -> list[tuple[str, str]]:
    """The same for a form."""
    return [(place.value, str(place.label)) for place in places(modules)]
