"""What a trainee shows of what schools have marked here, beside the module that they ask for: hours and skills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.courses.programmes.models import Module, ModuleSkill
from training.kernel.workflow import State
from training.taxonomy.models import Skill


@dataclass(frozen=True)
class Shown:
    """A credential, or a module that was passed, as whoever decides reads it."""

    title: str
    programme: str | None
    """The programme that a module belongs to."""
    school: str
    hours: int
    mark: str | None
    """The mark of a module; None where it is passed without one, and of a credential."""
    marked_on: date | None
    """When the credential was issued, or the module marked."""
    levels: Mapping[int, int]
    """The level by skill."""
    standing: State | None = None
    """How the credential stands now."""
    number: str | None = None
    slug: str | None = None
    """Where anybody checks the credential."""
    ended_on: date | None = None
    """When the credential was revoked, or its last day where that is over."""
    gone: bool = False
    """Whether the module stands in the passport no more."""


@dataclass(frozen=True)
class SkillLine:
    """One skill of the module that is asked for: up to which level it is taught, and up to which it is shown, 0 for not at all."""

    skill: Skill
    asked: int
    shown: int

    @property
    def enough(self) -> bool:
        """Whether what is shown reaches it."""
        return self.shown >= self.asked


@dataclass(frozen=True)
class Comparison:
    """Both side by side."""

    hours_asked: int
    hours_shown: int
    skills: Sequence[SkillLine]
    others: int
    """Skills that are shown and not asked for."""

    @property
    def enough_hours(self) -> bool:
        """Whether as many hours are shown as are asked for."""
        return self.hours_shown >= self.hours_asked

    @property
    def reached(self) -> int:
        """How many of the skills are shown up to the level that is asked for."""
        return sum(one.enough for one in self.skills)


def compared(module: Module, taught: Sequence[ModuleSkill], shown: Shown) -> Comparison:
    """The module that is asked for, with the skills that it teaches, beside what is shown."""
    lines = [SkillLine(one.skill, one.level, shown.levels.get(one.skill_id, 0)) for one in taught]
    others = len(shown.levels.keys() - {one.skill_id for one in taught})
    return Comparison(module.hours, shown.hours, lines, others)
