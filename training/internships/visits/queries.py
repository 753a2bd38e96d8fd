"""Finding visits, the placements that one is due for, and whoever makes them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.internships.openings.models import Opening
from training.internships.placements import policies as placements
from training.internships.placements.models import Placement
from training.internships.placements.queries import with_people as stays
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import policies
from training.internships.visits.models import WEEKS, Visit, VisitCadence
from training.internships.visits.policies import visible_to
from training.internships.visits.workflow import State
from training.kernel import clock
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, System
from training.kernel.prepared import by_key

MOST = 50
"""Trainees of one host whom one visit sees."""


def with_people(query: Select[Visit]) -> Select[Visit]:
    """The query with everything that a visit's pages and services read."""
    placement = joinedload(Visit.placement)
    opening = placement.joinedload(Placement.opening)
    return query.options(
        joinedload(Visit.visitor).joinedload(Membership.account),
        placement.joinedload(Placement.school),
        placement.joinedload(Placement.employer),
        placement.joinedload(Placement.trainee),
        placement.joinedload(Placement.mentor).joinedload(Membership.account),
        opening.joinedload(Opening.site),
    )


_BY_ID = by_key(lambda actor: with_people(visible_to(actor)), Visit.id)


def visit(actor: Actor, visit_id: int) -> Visit:
    """One visit with its placement, the people of that, and who makes it."""
    return _BY_ID.one(actor, key=visit_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Visit]:
    """Those visits of the ids that the actor may see, as whole as one alone."""
    return by_id(with_people(visible_to(actor)).where(Visit.id.in_(ids)))


def of_placement(actor: Actor, placement_id: int) -> Sequence[Visit]:
    """The visits of a placement, the newest first, with who makes them."""
    query = visible_to(actor).where(Visit.placement_id == placement_id).options(joinedload(Visit.visitor).joinedload(Membership.account))
    return db.session.scalars(query.order_by(Visit.starts_at.desc(), Visit.id.desc())).all()


def together(actor: Actor, one: Visit) -> Sequence[Visit]:
    """The other visits of the same outing: by the same person, at the same host, at the same time, in the same state."""
    query = visible_to(actor).where(
        Visit.visitor_id == one.visitor_id,
        Visit.employer_id == one.employer_id,
        Visit.starts_at == one.starts_at,
        Visit.ends_at == one.ends_at,
        Visit.state != State.CANCELLED,
        Visit.id != one.id,
    )
    return db.session.scalars(with_people(query).order_by(Visit.id).limit(MOST)).unique().all()


def to_come(actor: System, placement_id: int) -> Sequence[Visit]:
    """The planned visits of a placement whose time has not come."""
    query = visible_to(actor).where(Visit.placement_id == placement_id, Visit.state == State.PLANNED, Visit.starts_at > clock.now())
    return db.session.scalars(with_people(query).order_by(Visit.id)).unique().all()


def visitors(school_id: int) -> Sequence[Membership]:
    """Whom a school can send: each person once, by name."""
    found: dict[int, Membership] = {}
    for one in of_role(school_id, *policies.VISITORS):
        found.setdefault(one.account_id, one)
    return list(found.values())


def busy(account_id: int, starts_at: datetime, ends_at: datetime, *, employer_id: int, but: Collection[int] = ()) -> Mapping[int, datetime]:
    """When somebody's visits begin that share a moment with the span, by id; an outing to the same host at exactly this time is none."""
    query = (
        select(Visit.id, Visit.starts_at)
        .join(Membership, Membership.id == Visit.visitor_id)
        .where(
            Membership.account_id == account_id,
            Visit.state != State.CANCELLED,
            Visit.starts_at < ends_at,
            Visit.ends_at > starts_at,
            ~((Visit.employer_id == employer_id) & (Visit.starts_at == starts_at) & (Visit.ends_at == ends_at)),
            Visit.id.not_in(but),
        )
    )
    return {key: moment for key, moment in db.session.execute(query.order_by(Visit.id))}  # noqa: C416 - a result is no sequence of pairs to mypy


def planned(placement_ids: Collection[int]) -> Mapping[int, datetime]:
    """When the planned visit of each of the placements begins, of those that have one."""
    query = select(Visit.placement_id, Visit.starts_at).where(Visit.placement_id.in_(placement_ids), Visit.state == State.PLANNED)
    return {key: moment for key, moment in db.session.execute(query)}  # noqa: C416 - a result is no sequence of pairs to mypy


def same_host(actor: Actor, placement: Placement, ids: Collection[int] | None = None) -> Sequence[Placement]:
    """The active placements at the same host from the same school that the actor may plan visits of, as they are now, by name of the trainee."""
    query = placements.visible_to(actor).where(
        Placement.employer_id == placement.employer_id,
        Placement.school_id == placement.school_id,
        Placement.state == PlacementState.ACTIVE,
        Placement.id != placement.id,
    )
    if ids is not None:
        query = query.where(Placement.id.in_(ids))
    query = stays(query).order_by(Placement.id).limit(MOST).execution_options(populate_existing=True)
    found = [one for one in db.session.scalars(query).unique() if policies.can_plan(actor, one)]
    return sorted(found, key=lambda one: one.trainee.name_key)


def weeks_of(school_id: int) -> int:
    """How many weeks a school lets pass from one visit to the next."""
    return db.session.scalar(select(VisitCadence.weeks).where(VisitCadence.school_id == school_id)) or WEEKS


def place_of(placement: Placement) -> str:
    """Where one meets a trainee at work: the site of the opening, else the host's address."""
    site = placement.opening.site if placement.opening is not None else None
    return f"{site.name}, {site.address}" if site is not None else placement.employer.address or placement.employer.town
