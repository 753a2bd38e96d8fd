"""Who asks for a copy and fetches it: the person themselves."""

from datetime import timedelta

from sqlalchemy import Select, false, select

from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, System
from training.trainees.exports.models import DataExport
from training.trainees.profiles.models import Trainee

AGAIN = timedelta(hours=1)
"""How long after one copy the next can be asked for."""


def visible_to(actor: Actor) -> Select[DataExport]:
    """One's own."""
    match actor:
        case System():
            return select(DataExport)
        case Learner(trainee_id=me, account_id=account):
            return select(DataExport).where(DataExport.trainee_id == me, DataExport.account_id == account)
        case _:
            return select(DataExport).where(false())


def can_show(actor: Actor, trainee: Trainee) -> bool:
    """The person."""
    return isinstance(actor, Learner) and actor.trainee_id == trainee.id


def can_ask(actor: Actor, trainee: Trainee) -> bool:
    """The person."""
    return can_show(actor, trainee)


def can_fetch(actor: Actor, export: DataExport) -> bool:
    """The person who asked for it."""
    return isinstance(actor, Learner) and actor.trainee_id == export.trainee_id and actor.account_id == export.account_id


def why_not_ask(newest: DataExport | None) -> list[str | LazyString]:
    """One at a time, and not again at once."""
    if newest is not None and newest.file_id is None and newest.made_at is None:
        return [_l("A copy is being made. You get a letter when it is ready.")]
    if newest is not None and newest.asked_at > clock.now() - AGAIN:
        return [_l("The last copy is less than an hour old. Fetch that one, or ask again later.")]
    return []
