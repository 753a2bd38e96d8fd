"""Who imports what, and who sees an import."""

from sqlalchemy import Select, and_, false, select

from training.exchange.importers import usable_by
from training.exchange.models import ImportBatch
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


def why_not_confirm(batch: ImportBatch) -> list[LazyString]:
    """An import takes at least one row."""
    return [] if batch.ready else [_l("No row is ready. Correct the file and upload it again, or cancel.")]
