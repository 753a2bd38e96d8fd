"""Placements to visit, who visits them, and what became of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.factories import acting, make_member, make_trainee
from tests.internships.factories import loaded, make_opening, make_placement, mentor_of, today
from training.accounts.memberships.models import Membership
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import queries, services
from training.internships.visits.models import Visit
from training.internships.visits.workflow import Means, Notice, Standing
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Member, Role, System
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.turns import queries as turns

SYSTEM = System("tests")


def active(*, since: int = 3, **given: Any) -> Placement:
    """A placement that began some days ago and goes on for months."""
    first = today() - timedelta(days=since)
    opening = given.pop("opening", None) or make_opening(starts_on=first, ends_on=first + timedelta(days=300), places=50)
    return make_placement(state=PlacementState.ACTIVE, opening=opening, **given)


def beside(placement: Placement, **given: Any) -> Placement:
    """Another trainee of the same school at the same host."""
    trainee = make_trainee(school_id=placement.school_id)
    return active(opening=loaded(placement).opening, trainee=trainee, **given)


def officer(placement: Placement) -> Membership:
    return at_school(placement, Role.PLACEMENT_OFFICER)


def at_school(placement: Placement, role: Role) -> Membership:
    return make_member(db.session.get_one(Organisation, placement.school_id), role)


def whole(membership_id: int) -> Membership:
    """A membership with its person and organisation."""
    options = [joinedload(Membership.account), joinedload(Membership.organisation)]
    return db.session.get_one(Membership, membership_id, options=options, populate_existing=True)


def as_member(membership: Membership) -> Member:
    """Somebody as an actor, whatever has been loaded or let go."""
    return acting(whole(membership.id))


def plan(placement: Placement, by: Membership, *, days: int = 2, hour: int = 10, minutes: int = 60, **given: Any) -> Visit:
    starts_at = datetime.combine(clock.today() + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=hour)
    place, who = loaded(placement), given.pop("visitor", by).id
    values = {"means": Means.AT_WORK, "place": "Gate 2", "visitor": whole(who), **given}
    made = services.plan(as_member(by), place, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), **values)
    return again(made)


def again(visit: Visit) -> Visit:
    db.session.commit()
    db.session.expire_all()
    return queries.visit(SYSTEM, visit.id)


def report(visit: Visit, by: Membership, **given: Any) -> Visit:
    services.report(as_member(by), visit, **{"standing": Standing.ON_TRACK, "findings": "Works well", **given})
    return again(visit)


def both(placement: Placement) -> list[int]:
    """The accounts of trainee and mentor."""
    return sorted(key for key in (placement.trainee.account_id, mentor_of(placement).account_id) if key is not None)


def told(notice: Notice) -> list[int]:
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value).order_by(Notification.to_id)))


def asked(subject: Any) -> list[tuple[str, str]]:
    return [(turn.party, turn.verb) for turn in turns.of(subject)]
