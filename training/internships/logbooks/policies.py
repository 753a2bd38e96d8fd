"""Who reads, writes and countersigns a logbook, and what an entry must keep to."""

from datetime import date

from sqlalchemy import Select, false, select

from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import State
from training.internships.placements import policies as placements
from training.internships.placements.models import Placement
from training.internships.placements.policies import is_mentor
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, System


def visible_to(actor: Actor) -> Select[LogbookEntry]:
    """One's own; to whoever else sees the placement, what has been sent to the mentor."""
    match actor:
        case System():
            return select(LogbookEntry)
        case Learner():
            return select(LogbookEntry).where(LogbookEntry.placement_id.in_(_placements(actor)))
        case Member():
            return select(LogbookEntry).where(LogbookEntry.placement_id.in_(_placements(actor)), LogbookEntry.state != State.DRAFT)
        case _:
            return select(LogbookEntry).where(false())


def _placements(actor: Actor) -> Select[int]:
    return placements.visible_to(actor).with_only_columns(Placement.id)


def can_write(actor: Actor, placement: Placement) -> bool:
    """The trainee."""
    return isinstance(actor, Learner) and actor.trainee_id == placement.trainee_id


def can_edit(actor: Actor, entry: LogbookEntry) -> bool:
    """The trainee."""
    return can_write(actor, entry.placement)


def can_submit(actor: Actor, entry: LogbookEntry) -> bool:
    """The trainee."""
    return can_write(actor, entry.placement)


def can_countersign(actor: Actor, placement: Placement) -> bool:
    """The mentor."""
    return is_mentor(actor, placement)


def can_send_back(actor: Actor, entry: LogbookEntry) -> bool:
    """The mentor."""
    return is_mentor(actor, entry.placement)


def why_not_write(placement: Placement) -> list[str | LazyString]:
    """The logbook is open while the placement is active."""
    if placement.state is PlacementState.ACTIVE:
        return []
    return [_l("The logbook is open while the placement is active; it is %(state)s.", state=str(placement.state.label).lower())]


def why_not_day(placement: Placement, worked_on: date) -> list[str | LazyString]:
    """A day of the stay that has come."""
    if not placement.starts_on <= worked_on <= placement.ends_on:
        return [
            _l(
                "This day is outside the stay, which goes from %(first)s to %(last)s.",
                first=format_date(placement.starts_on, relative=False, weekday=False),
                last=format_date(placement.ends_on, relative=False, weekday=False),
            )
        ]
    if worked_on > clock.today(placement.employer.zone):
        return [_l("This day is still to come. Write it when it is over.")]
    return []


def why_not_edit(entry: LogbookEntry) -> list[str | LazyString]:
    """Drafts and returned entries change; what the mentor has, or has signed, does not."""
    if entry.state in {State.DRAFT, State.RETURNED}:
        return []
    return [_l("This entry is %(state)s, so it stays as it is. Write another for the same day.", state=str(entry.state.label).lower())]


def why_not_countersign(*, waiting: int) -> list[str | LazyString]:
    """Something in the week waits."""
    return [] if waiting else [_l("No entry of this week waits for you.")]
