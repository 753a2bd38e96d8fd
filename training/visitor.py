"""Who visits: what is known of them, asked at most once a request."""

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from sqlalchemy import select

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Standing
from training.insights.home import queries as home
from training.kernel.db import rows
from training.kernel.policy import Actor, Learner, Member
from training.notices import queries as notices
from training.trainees.profiles import queries as profiles
from training.turns import queries as turns

_COUNTS_AT, _COUNTS_OWN = (
    select(home.COUNT.scalar_subquery(), unread.scalar_subquery()) for unread in (notices.UNREAD_AT, notices.UNREAD_OWN)
)
"""Asked on every page inside, so they are built once."""

_plain: dict[tuple[str, ...], str] = {}


def know(trainee_id: int | None, is_member: bool) -> None:
    """What is known of whoever is signed in, as it was when the request began: nobody asks for it again."""
    g.trainee_id = trainee_id
    if not is_member:
        g.memberships = []


def plain(endpoint: str, **values: Any) -> str:
    """The address of a page that is the same place from everywhere; made once."""
    place = request.script_root, endpoint, *values.values()
    made = _plain.get(place)
    if made is None:
        made = _plain[place] = url_for(endpoint, **values)
    return made


def own_memberships() -> Sequence[Standing]:
    """The present memberships of whoever is signed in; asked once a request."""
    if "memberships" not in g:
        g.memberships = memberships.current(g.account.id) if g.account else []
    rows: Sequence[Standing] = g.memberships
    return rows


def own_trainee_id() -> int | None:
    """The trainee that whoever is signed in is; asked once a request."""
    if "trainee_id" not in g:
        g.trainee_id = profiles.id_of(g.account.id) if g.account else None
    trainee_id: int | None = g.trainee_id
    return trainee_id


def home_url() -> str:
    """Where one goes when there is nowhere better."""
    match g.get("actor"):
        case Member():
            return url_for("insights.home.member", organisation=(request.view_args or {}).get("organisation"))
        case Learner():
            return url_for("insights.home.learner")
        case _:
            return url_for("insights.home.landing")


def counts(actor: Actor) -> tuple[int, int]:
    """How many things wait for the actor and how many notices are unread: one statement, once a request."""
    if "counts" not in g:
        parties = memberships.parties_of(actor, own_memberships())
        mine = {"parties": parties, "mine": turns.bits(home.roles_of(actor)), "me": home.account_of(actor)}
        reader = {"reader": g.account.id} | ({"capacity": actor.organisation_id} if isinstance(actor, Member) else {})
        g.counts = tuple(rows(_COUNTS_AT if isinstance(actor, Member) else _COUNTS_OWN, mine | reader).one())
    found: tuple[int, int] = g.counts
    return found
