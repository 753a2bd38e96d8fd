"""Who says what is completed before a version is begun, and whom that keeps out."""

from collections.abc import Collection

from training.courses.prerequisites.lacking import Lack, said
from training.courses.programmes import policies as programmes
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Needs
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor

MOST = 12
"""Programmes that one version can ask for."""


def can_edit(actor: Actor, version: ProgrammeVersion) -> bool:
    """Whoever writes the version."""
    return programmes.can_edit(actor, version)


def can_add(actor: Actor, version: ProgrammeVersion) -> bool:
    """The same people."""
    return can_edit(actor, version)


def can_remove(actor: Actor, version: ProgrammeVersion) -> bool:
    """The same people."""
    return can_edit(actor, version)


def why_not_add(version: ProgrammeVersion, programme: Programme | None, *, there: Collection[int]) -> list[str | LazyString]:
    """Another programme that people can have completed, once, and not too many."""
    if programme is None:
        return [_l("This programme cannot be asked for: nobody can learn it.")]
    if programme.id == version.programme_id:
        return [_l("A programme is never its own prerequisite.")]
    if programme.id in there:
        return [_l("This programme is asked for already.")]
    return [_l("At most %(most)d programmes can be asked for.", most=MOST)] if len(there) >= MOST else []


def why_not_edit(needs: Needs, least: int | None, *, there: int) -> list[str | LazyString]:
    """There is something to ask for, and it is said how much of it."""
    if not there:
        return [_l("Add a programme first.")]
    if needs is Needs.ANY and not least:
        return [_l("Write how many of them are needed.")]
    return [_l("Write how many points are needed.")] if needs is Needs.POINTS and not least else []


def why_not_begin(lack: Lack | None) -> list[str | LazyString]:
    """What is asked for beforehand has been completed."""
    return [] if lack is None else [said(lack)]
