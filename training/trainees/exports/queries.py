"""Finding copies, and what there is to copy."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.accounts import queries as accounts
from training.accounts.memberships.models import Membership
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.kernel.register import Keep, Purpose
from training.privacy import queries as privacy
from training.privacy.copying import TOLD
from training.trainees.exports.models import DataExport
from training.trainees.exports.policies import visible_to
from training.trainees.profiles.models import Trainee


def export(actor: Actor, export_id: int) -> DataExport:
    """One copy of the actor's own, with the person and its file."""
    query = visible_to(actor).where(DataExport.id == export_id).options(joinedload(DataExport.trainee), joinedload(DataExport.file))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def ready(actor: Actor, export_id: int) -> DataExport:
    """One copy of the actor's own that can be fetched now."""
    found = export(actor, export_id)
    if not found.ready:
        raise NotFound
    return found


def mine(actor: Actor, limit: int = 5) -> Sequence[DataExport]:
    """The actor's newest copies, newest first."""
    return db.session.scalars(visible_to(actor).order_by(DataExport.id.desc()).limit(limit)).all()


def newest(trainee_id: int) -> DataExport | None:
    """The copy that was asked for last."""
    query = select(DataExport).where(DataExport.trainee_id == trainee_id).order_by(DataExport.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def over(limit: int = 1_000) -> Sequence[DataExport]:
    """Copies whose days are over and whose file is still there."""
    query = select(DataExport).where(DataExport.expires_at <= clock.now(), DataExport.file_id.is_not(None))
    return db.session.scalars(query.options(joinedload(DataExport.file)).order_by(DataExport.id).limit(limit)).all()


def person(trainee: Trainee) -> dict[str, int]:
    """The rows that are the trainee themselves; an account that has been a member of an organisation is that organisation's record too."""
    own = {"trainee": trainee.id}
    return own | ({"account": trainee.account_id} if trainee.account_id is not None else {})


def is_member(account_id: int | None, *, now: bool = False) -> bool:
    """Whether an account is or was a member of an organisation; `now`: whether it still is."""
    query = select(Membership.id).where(Membership.account_id == account_id).limit(1)
    return account_id is not None and db.session.scalar(query.where(Membership.ended_on.is_(None)) if now else query) is not None


def language_of(export: DataExport) -> str:
    """The language of whoever asked for a copy."""
    account = accounts.by_id(export.account_id)
    return account.language if account is not None else "en"


def reasons() -> dict[Purpose, list[Keep]]:
    """For which purposes something is kept about people, and how long each time, as the tables declare it."""
    declared = {(one.purpose, one.keep) for one in privacy.registers().values() if one.purpose in TOLD and one.keep is not Keep.PUBLISHED}
    found = {purpose: [keep for keep in Keep if (purpose, keep) in declared] for purpose in Purpose}
    return {purpose: keeps for purpose, keeps in found.items() if keeps}
