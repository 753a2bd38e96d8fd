"""Imports in progress as something that a member answers for: the list whose rows come in under their name, and how it passes to a colleague."""

from collections.abc import Collection

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import acting
from training.exchange.importers import importers, roles_for
from training.exchange.models import ImportBatch
from training.exchange.services import pass_on
from training.exchange.workflow import State
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, Role

IMPORTERS = frozenset({Role.MANAGER, Role.TEACHER, Role.RECRUITER, Role.OPERATOR})
"""The roles that bring lists in."""
OPEN = [state for state in State if state.busy or state is State.CHECKED]
"""While somebody, or background work for somebody, still has to do something."""


def going_on(membership_ids: Collection[int]) -> Select[int, int]:
    """The imports that act for members, as pairs with the one membership by which they may; nobody holds one whom another role still lets import."""
    other = aliased(Membership)
    mine, theirs = [], []
    for kind in importers():
        roles = roles_for(kind)
        mine.append(and_(ImportBatch.kind == kind, Membership.role.in_(roles)))
        theirs.append(and_(ImportBatch.kind == kind, other.role.in_(roles)))
    instead = exists().where(
        other.account_id == Membership.account_id,
        other.organisation_id == Membership.organisation_id,
        other.ended_on.is_(None),
        other.id != Membership.id,
        or_(false(), *theirs),
    )
    here = (ImportBatch.holder_id == Membership.account_id, ImportBatch.organisation_id == Membership.organisation_id)
    return (
        select(Membership.id, ImportBatch.id)
        .join(ImportBatch, and_(*here))
        .where(Membership.id.in_(membership_ids), Membership.ended_on.is_(None), ImportBatch.state.in_(OPEN), or_(false(), *mine), ~instead)
    )


def go_on(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other answers for all of these imports now; work in the background acts for them."""
    keys = going_on([giver.id]).subquery().c[1]
    query = select(ImportBatch).where(ImportBatch.id.in_(select(keys))).order_by(ImportBatch.id)
    found = db.session.scalars(query.with_for_update(key_share=True).execution_options(populate_existing=True)).all()
    to = acting(taker.account_id, taker.organisation_id)
    if to is None:
        raise NotNow(_l("Choose a colleague who is a member now."))
    for batch in found:
        pass_on(actor, batch, to=to)
    return len(found)
