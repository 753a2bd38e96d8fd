"""What somebody still lacks of a version's prerequisites."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from training.courses.programmes.models import Prerequisite, ProgrammeVersion
from training.courses.programmes.workflow import Needs
from training.kernel.i18n import _, ngettext


@dataclass(frozen=True)
class Lack:
    """How much is missing, in programmes or points, and which programmes would give it."""

    needs: Needs
    short: int
    missing: Sequence[Prerequisite]

    @property
    def words(self) -> str:
        """How much, in words that the programmes follow."""
        match self.needs:
            case Needs.ALL:
                return ngettext("You have not completed this programme yet:", "You have not completed these programmes yet:", self.short)
            case Needs.ANY:
                return ngettext(
                    "You still need to complete %(num)s of these programmes:",
                    "You still need to complete any %(num)s of these programmes:",
                    self.short,
                )
            case Needs.POINTS:
                return ngettext("You still need %(num)s point from:", "You still need %(num)s points from:", self.short)

    @property
    def titles(self) -> str:
        """The programmes that are missing, and where points are needed what each gives."""
        return "; ".join(named(self.needs, one) for one in self.missing)


def named(needs: Needs | None, one: Prerequisite) -> str:
    """A programme that is asked for, with its school and, where points are needed, what it gives."""
    if needs is not Needs.POINTS:
        return str(one)
    return ngettext("%(programme)s: %(num)s point", "%(programme)s: %(num)s points", one.points, programme=str(one))


def lack(version: ProgrammeVersion, needed: Sequence[Prerequisite], done: Collection[int]) -> Lack | None:
    """What whoever completed those programmes (by key) lacks; None when it is enough."""
    if version.needs is None:
        return None
    missing = [one for one in needed if one.needed_id not in done]
    least = version.needs_least or 0
    short = {
        Needs.ALL: len(missing),
        Needs.ANY: least - (len(needed) - len(missing)),
        Needs.POINTS: least - sum(one.points for one in needed if one.needed_id in done),
    }[version.needs]
    return Lack(version.needs, short, missing) if short > 0 else None


def said(found: Lack) -> str:
    """For whoever applies: what to complete first."""
    return _("%(words)s %(programmes)s.", words=found.words, programmes=found.titles)
