"""The people of a roster who have no account yet, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_text
from training.kernel.policy import Actor
from training.trainees.claims.models import Claim
from training.trainees.claims.policies import can_list, roster
from training.trainees.claims.queries import OPEN
from training.trainees.profiles.models import Trainee


def rows(actor: Actor) -> Select[Any]:
    """The people of the actor's roster without an account, each with the invitation that is open."""
    return roster(actor).outerjoin(Claim, OPEN).add_columns(Claim, Trainee.id)


_STANDS = {
    "ready": (_l("Can be invited"), Claim.id.is_(None) & Trainee.email.is_not(None)),
    "invited": (_l("Invited"), Claim.id.is_not(None)),
    "unreachable": (_l("No e-mail in the roster"), Claim.id.is_(None) & Trainee.email.is_(None)),
}
"""How far somebody's invitation is."""


def standing(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Those whose invitation is as far as one of these."""
    chosen = [condition for value, (_words, condition) in _STANDS.items() if value in values]
    return or_(*chosen) if chosen else None


def groups(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """The groups that somebody without an account belongs to."""
    query = roster(actor).with_only_columns(Trainee.group_code).where(Trainee.group_code.is_not(None)).distinct()
    return [(group, group) for group in db.session.scalars(query.order_by(Trainee.group_code).limit(60)) if group]


CLAIMS = Listing(
    name="claims",
    title=_l("Without an account"),
    endpoint="trainees.claims.listed",
    may=can_list,
    rows=rows,
    key=Trainee.id,
    entities=False,
    words=_l("Name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        Filter(
            "invitation",
            _l("Invitation"),
            standing,
            lambda actor, subject: [(value, words) for value, (words, _condition) in _STANDS.items()],
        ),
        of_text("group", _l("Group"), Trainee.group_code, groups),
    ),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("group", _l("Group"), Order.TEXT, (Trainee.group_code.is_(None), Trainee.group_code, Trainee.name_key)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.Trainee.name),
        OutColumn(_l("Group"), lambda row: row.Trainee.group_code),
        OutColumn(_l("E-mail"), lambda row: row.Claim.email if row.Claim else row.Trainee.email),
        OutColumn(_l("Invitation"), lambda row: row.Claim.state if row.Claim else None),
        OutColumn(_l("Invitation until"), lambda row: row.Claim.expires_at if row.Claim else None),
    ),
)
