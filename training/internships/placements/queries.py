"""Finding placements, and the mentors who have room."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.internships.openings.models import Opening
from training.internships.placements import limits
from training.internships.placements.models import MentorLoad, Placement
from training.internships.placements.policies import visible_to
from training.internships.placements.workflow import LIVE, State
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, Role
from training.kernel.prepared import by_key
from training.taxonomy.models import LawRule
from training.taxonomy.queries import law


@dataclass(frozen=True)
class Mentor:
    """Somebody who may look after trainees, with how many they have and may have."""

    membership: Membership
    held: int
    most: int

    @property
    def free(self) -> bool:
        """Whether one more fits."""
        return self.held < self.most


def with_people(query: Select[Placement]) -> Select[Placement]:
    """The query with everything that a placement's pages and services read."""
    opening = joinedload(Placement.opening)
    return query.options(
        joinedload(Placement.school),
        joinedload(Placement.employer),
        joinedload(Placement.trainee),
        joinedload(Placement.mentor).joinedload(Membership.account),
        joinedload(Placement.supervisor).joinedload(Membership.account),
        opening.joinedload(Opening.occupation),
        opening.joinedload(Opening.site),
        opening.joinedload(Opening.employer),
        opening.joinedload(Opening.pool),
        opening.options(selectinload(Opening.codes)),
    )


_BY_ID = by_key(lambda actor: with_people(visible_to(actor)), Placement.id)


def placement(actor: Actor, placement_id: int) -> Placement:
    """One placement with its people and its opening."""
    return _BY_ID.one(actor, key=placement_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Placement]:
    """Those placements of the ids that the actor may see, as whole as one alone."""
    return by_id(with_people(visible_to(actor)).where(Placement.id.in_(ids)))


def _brief(query: Select[Placement]) -> Select[Placement]:
    return query.options(
        joinedload(Placement.school),
        joinedload(Placement.employer),
        joinedload(Placement.opening),
        joinedload(Placement.mentor).joinedload(Membership.account),
    )


def mine(actor: Actor) -> Sequence[Placement]:
    """A trainee's own placements, the newest first."""
    query = _brief(visible_to(actor)).options(joinedload(Placement.trainee))
    return db.session.scalars(query.order_by(Placement.starts_on.desc(), Placement.id.desc())).all()


def overlapping(trainee_id: int, starts_on: date, ends_on: date) -> Sequence[Placement]:
    """The trainee's live placements that share a day with the span, with their employers."""
    query = (
        select(Placement)
        .where(
            Placement.trainee_id == trainee_id,
            Placement.state.in_(LIVE),
            Placement.starts_on <= ends_on,
            Placement.ends_on >= starts_on,
        )
        .options(joinedload(Placement.employer))
    )
    return db.session.scalars(query.order_by(Placement.starts_on, Placement.id)).all()


def waiting_for(opening_id: int) -> Sequence[Placement]:
    """The requests for an opening that nobody has accepted yet."""
    query = select(Placement).where(Placement.opening_id == opening_id, Placement.state.in_([State.REQUESTED, State.APPROVED]))
    return db.session.scalars(with_people(query).order_by(Placement.id)).unique().all()


def mentors(placement: Placement) -> list[Mentor]:
    """The host's mentors with how many trainees they have and may have, by name: two statements."""
    people = of_role(placement.employer_id, Role.MENTOR)
    held = select(MentorLoad.membership_id, MentorLoad.held).where(MentorLoad.membership_id.in_([one.id for one in people]))
    loads = {key: count for key, count in db.session.execute(held)}  # noqa: C416 - a result is no sequence of pairs to mypy
    return [Mentor(one, loads.get(one.id, 0), limit_of(placement)) for one in people]


def limit_of(placement: Placement) -> int:
    """How many trainees a mentor of this placement may have."""
    return placement.opening.mentor_limit if placement.opening is not None else 3


def load_of(membership_id: int) -> int:
    """How many trainees a mentor has now."""
    return db.session.scalar(select(MentorLoad.held).where(MentorLoad.membership_id == membership_id)) or 0


def rule_for(placement: Placement, on: date | None = None) -> LawRule | None:
    """The rule on minors' hours in the host's country, on a day (the first of the stay unless given)."""
    return law(placement.employer.country, limits.NAME, limits.SUBJECT, on or placement.starts_on)
