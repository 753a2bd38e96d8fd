"""Who imports what, and who sees an import."""

from sqlalchemy import Select, and_, false, select

from training.exchange.importers import importers, title_of, usable_by
from training.exchange.models import HeadingTie, ImportBatch
from training.exchange.workflow import State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, System


def visible_to(actor: Actor) -> Select[ImportBatch]:
    """One's own organisation's imports of those kinds that one may import oneself: they hold what the lists hold."""
    match actor:
        case System():
            return select(ImportBatch)
        case Member(organisation_id=mine):
            return select(ImportBatch).where(and_(ImportBatch.organisation_id == mine, ImportBatch.kind.in_(list(usable_by(actor)))))
        case _:
            return select(ImportBatch).where(false())


def can_import(actor: Actor, subject: object = None) -> bool:
    """Members for whom some list can be imported."""
    return isinstance(actor, Member) and bool(usable_by(actor))


def can_upload(actor: Actor, kind: str) -> bool:
    """Whether the actor may import lists of this kind."""
    return isinstance(actor, Member) and kind in usable_by(actor)


def can_see(actor: Actor, batch: ImportBatch) -> bool:
    """Those who may import such lists for the organisation."""
    return isinstance(actor, Member) and actor.organisation_id == batch.organisation_id and batch.kind in usable_by(actor)


def can_confirm(actor: Actor, batch: ImportBatch) -> bool:
    """Those who see an import may confirm it, whoever uploaded the file."""
    return can_see(actor, batch)


def can_cancel(actor: Actor, batch: ImportBatch) -> bool:
    """Those who see an import may cancel it."""
    return can_see(actor, batch)


def ties_visible_to(actor: Actor) -> Select[HeadingTie]:
    """One's own organisation's, of those lists that one may import."""
    match actor:
        case System():
            return select(HeadingTie)
        case Member(organisation_id=mine):
            return select(HeadingTie).where(and_(HeadingTie.organisation_id == mine, HeadingTie.kind.in_(list(usable_by(actor)))))
        case _:
            return select(HeadingTie).where(false())


def can_tie(actor: Actor, batch: ImportBatch) -> bool:
    """Those who see an import say what its headings mean."""
    return can_see(actor, batch)


def can_untie(actor: Actor, tie: HeadingTie) -> bool:
    """Those who may import such lists for the organisation."""
    return isinstance(actor, Member) and actor.organisation_id == tie.organisation_id and tie.kind in usable_by(actor)


def can_undo(actor: Actor, batch: ImportBatch) -> bool:
    """Those who see an import may take it back, whoever uploaded the file."""
    return can_see(actor, batch)


def why_not_undo(batch: ImportBatch, *, known: int) -> list[LazyString]:
    """What an import made can be taken back while it is known of each row what that was; `known` is of how many that is so."""
    if batch.state is not State.DONE:
        return []  # the lifecycle says so
    importer = importers().get(batch.kind)
    if importer is None or importer.undoing is None:
        return [_l("Imports of such a list cannot be taken back.")]
    if not batch.applied or known < batch.applied - batch.undone:
        return [_l("It is no longer known what each row of this import made, so it cannot be taken back.")]
    return []


def why_not_hold(member: Member, batch: ImportBatch) -> list[LazyString]:
    """An import acts for somebody who may import such lists."""
    return [] if can_see(member, batch) else [_l("This colleague may not import such a list: %(list)s.", list=title_of(batch.kind))]


def why_not_tie(batch: ImportBatch) -> list[LazyString]:
    """The file is read once more, so nothing of it may be imported yet, and something must be left to tie."""
    if batch.applied:
        return [_l("Some of its rows are imported already. Upload the file again.")]
    return [] if batch.unread else [_l("Every heading of this file is read already.")]


def why_not_confirm(batch: ImportBatch) -> list[LazyString]:
    """An import takes at least one row."""
    return [] if batch.ready else [_l("No row is ready. Correct the file and upload it again, or cancel.")]
