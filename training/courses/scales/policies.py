"""Who sees a school's mark scales, who gives them new editions, and what an edition must say."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, false, or_, select

from training.courses.scales.models import WHOLE, ScaleEdition
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation


class Band(NamedTuple):
    """A mark as it is written down: its label, from which share of all points (hundredths of a percent), whether it passes."""

    label: str
    from_share: int
    passes: bool


def visible_to(actor: Actor) -> Select[ScaleEdition]:
    """A school's own and those that every school begins with."""
    match actor:
        case System():
            return select(ScaleEdition)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(ScaleEdition).where(or_(ScaleEdition.school_id == mine, ScaleEdition.school_id.is_(None)))
        case _:
            return select(ScaleEdition).where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Everybody at a school."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_add(actor: Actor, school: Organisation) -> bool:
    """Managers of the school."""
    return can_list(actor) and holds(actor, Role.MANAGER, at=school.id)


def can_edit(actor: Actor, edition: ScaleEdition) -> bool:
    """Managers of the school whose edition it is."""
    return can_list(actor) and holds(actor, Role.MANAGER, at=edition.school_id)


def why_not_add(bands: Sequence[Band], *, valid_from_on: date, today: date, taken: bool) -> list[str | LazyString]:
    """It begins today or later, on a day of its own, and its bands make sense."""
    sentences = why_not_bands(bands)
    if valid_from_on < today:
        sentences.append(_l("An edition holds from today or from a later day: what was marked before stays as it is."))
    if taken:
        sentences.append(_l("There is an edition from that day already. Choose another day, or change that one."))
    return sentences


def why_not_edit(edition: ScaleEdition) -> list[str | LazyString]:
    """Once it was used it stays."""
    return [_l("Marks were given by this edition, so it stays as it is. Add a new one.")] if edition.used else []


def why_not_bands(bands: Sequence[Band]) -> list[str | LazyString]:
    """Every share of the points has one mark; from some mark on they all pass."""
    sentences: list[str | LazyString] = []
    ordered = sorted(bands, key=lambda one: one.from_share)
    if len(ordered) < 2:
        return [_l("A scale has at least two marks.")]
    if ordered[0].from_share != 0:
        sentences.append(_l("The lowest mark begins at 0 percent."))
    if len({one.from_share for one in ordered}) < len(ordered):
        sentences.append(_l("Two marks begin at the same percent."))
    if len({one.label.casefold() for one in ordered}) < len(ordered):
        sentences.append(_l("Two marks are called the same."))
    if any(not 0 <= one.from_share <= WHOLE for one in ordered):
        sentences.append(_l("Percents go from 0 to 100."))
    passing = [one.passes for one in ordered]
    if passing != sorted(passing) or not passing[-1] or passing[0]:
        sentences.append(_l("The lowest mark fails, the highest passes, and above a mark that passes every mark passes."))
    return sentences
