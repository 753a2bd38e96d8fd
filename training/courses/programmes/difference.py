"""What one version of a programme says otherwise than another, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from training.courses.programmes.models import Module, ProgrammeVersion
from training.courses.programmes.tree import branches
from training.courses.programmes.workflow import HourKind, How, Needs
from training.kernel.i18n import LazyString, _, _l, ngettext

Words = str | LazyString
Pieces = list[tuple[str, bool]]
"""A text, each piece with whether the other text lacks it."""


@dataclass(frozen=True)
class Change:
    """One thing as it was and as it is; None where it was not or is not."""

    what: Words
    before: str | int | None
    after: str | int | None

    @property
    def gain(self) -> int | None:
        """How much more it is, for numbers that were and are."""
        return self.after - self.before if isinstance(self.before, int) and isinstance(self.after, int) else None

    @property
    def pieces(self) -> tuple[Pieces, Pieces]:
        """Both texts, with what only one of them has marked."""
        return marked(str("" if self.before is None else self.before), str("" if self.after is None else self.after))


@dataclass(frozen=True)
class Part:
    """A module, or the programme's own lines, with what changed in it."""

    title: Words
    how: How
    changes: Sequence[Change]


def differences(before: ProgrammeVersion, after: ProgrammeVersion) -> list[Part]:
    """What changed between two versions of one programme: its own lines first, then modules in the order in which they stand now, then those that went."""
    own = [change for change in _own(before, after) if change.before != change.after]
    found = [Part(_l("The programme"), How.CHANGED, own)] if own else []
    pairs = _pairs([branch.module for branch in branches(before.modules)], [branch.module for branch in branches(after.modules)])
    names = {module.id: str(module) for module in (*before.modules, *after.modules)}
    for old, new in pairs:
        changes = [change for change in _module(old, new, names) if change.before != change.after]
        if old is None or new is None or changes:
            how = How.ADDED if old is None else How.REMOVED if new is None else How.CHANGED
            found.append(Part(str(new or old), how, changes))
    return found


def _own(before: ProgrammeVersion, after: ProgrammeVersion) -> Iterator[Change]:
    yield Change(_l("Hours"), before.hours_total, after.hours_total)
    yield Change(_l("Length in months"), before.months, after.months)
    yield Change(_l("Credential valid, months"), before.valid_months, after.valid_months)
    yield Change(_l("Renewed from, months before"), before.renewal_months, after.renewal_months)
    yield Change(_l("What one learns"), before.summary, after.summary)
    yield from _needs(before, after)


def _needs(before: ProgrammeVersion, after: ProgrammeVersion) -> Iterator[Change]:
    """What is asked for beforehand: the rule, the programmes that went and came, and their points."""
    yield Change(_l("Before it you need"), rule(before), rule(after))
    was, now = ({one.needed_id: one for one in version.prerequisites} for version in (before, after))
    points = Needs.POINTS in (before.needs, after.needs)
    for key, one in {**now, **was}.items():
        if points:
            what = _l("Points: %(programme)s", programme=str(one))
            yield Change(what, was[key].points if key in was else None, now[key].points if key in now else None)
        else:
            yield Change(_l("Prerequisite"), *(str(one) if key in there else None for there in (was, now)))


def rule(version: ProgrammeVersion) -> str | None:
    """How much of its prerequisites a version asks for, in words; None where it asks for nothing."""
    match version.needs:
        case None:
            return None
        case Needs.ALL:
            return _("all of:")
        case Needs.ANY:
            return _("any %(least)d of:", least=version.needs_least)
        case Needs.POINTS:
            return ngettext("at least %(num)s point from:", "at least %(num)s points from:", version.needs_least or 0)


def _pairs(before: Sequence[Module], after: Sequence[Module]) -> list[tuple[Module | None, Module | None]]:
    """Each module now with the one that it was: of the same code, else of the same title; then those that are gone."""
    left = {module.id: module for module in before}
    was: dict[int, Module] = {}
    for name in ("code", "title"):
        for new in after:
            old = next((one for one in left.values() if getattr(one, name) == getattr(new, name)), None)
            if new.id not in was and old is not None:
                was[new.id] = left.pop(old.id)
    return [*((was.get(new.id), new) for new in after), *((old, None) for old in left.values())]


def _module(old: Module | None, new: Module | None, names: dict[int, str]) -> Iterator[Change]:
    if old is not None and new is not None:
        yield Change(_l("Code"), old.code, new.code)
        yield Change(_l("Title"), old.title, new.title)
    yield Change(_l("Part of"), _parent(old, names), _parent(new, names))
    yield Change(_l("Hours"), old.hours if old else None, new.hours if new else None)
    for kind in HourKind:
        yield Change(kind.label, old.spread.get(kind) if old else None, new.spread.get(kind) if new else None)
    yield from _outcomes([one.words for one in old.outcomes] if old else [], [one.words for one in new.outcomes] if new else [])
    yield from _skills(old, new)


def _parent(module: Module | None, names: dict[int, str]) -> str | None:
    return names[module.parent_id] if module and module.parent_id else None


def _outcomes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Sentences that went beside those that came."""
    gone, new = [one for one in before if one not in after], [one for one in after if one not in before]
    for was, now in zip_longest(gone, new):
        yield Change(_l("Learning outcome"), was, now)


def _skills(old: Module | None, new: Module | None) -> Iterator[Change]:
    """Each skill with its level of 1 to 4, in the order of those taught now."""
    was = {one.skill_id: one for one in old.skills} if old else {}
    now = {one.skill_id: one for one in new.skills} if new else {}
    for key, one in {**now, **was}.items():
        level = _l("Level: %(skill)s", skill=one.skill.title)
        yield Change(level, was[key].level if key in was else None, now[key].level if key in now else None)


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Two texts, compared word by word."""
    was, now = before.split(), after.split()
    left: Pieces = []
    right: Pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if i2 > i1:
            left.append((" ".join(was[i1:i2]), tag != "equal"))
        if j2 > j1:
            right.append((" ".join(now[j1:j2]), tag != "equal"))
    return left, right
