"""The placements of a school or an employer, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from training.accounts.memberships.models import Membership
from training.internships.placements.models import Placement
from training.internships.placements.policies import can_list, visible_to
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_key, of_kind
from training.kernel.policy import Actor, Member, OrganisationKind
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


def rows(actor: Actor) -> Select[Placement]:
    """What the actor may see, with the trainees."""
    return visible_to(actor).join(Placement.trainee)


def _others(actor: Actor, kind: OrganisationKind, column: Any) -> Sequence[tuple[int, str]]:
    """The organisations on the other side of the actor's placements, by name; none for the actor's own side."""
    if not isinstance(actor, Member) or actor.kind is kind:
        return []
    theirs = visible_to(actor).with_only_columns(column)
    query = (
        select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(theirs)).order_by(Organisation.name_key, Organisation.id)
    )
    return [(key, name) for key, name in db.session.execute(query.limit(40))]


def employers(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """Where a school's trainees are placed."""
    return _others(actor, OrganisationKind.EMPLOYER, Placement.employer_id)


def schools(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """Where an employer's trainees come from."""
    return _others(actor, OrganisationKind.SCHOOL, Placement.school_id)


PLACEMENTS = Listing(
    name="placements",
    title=_l("Placements"),
    endpoint="internships.placements.listed",
    may=can_list,
    rows=rows,
    key=Placement.id,
    loads=(
        contains_eager(Placement.trainee),
        joinedload(Placement.school),
        joinedload(Placement.employer),
        joinedload(Placement.opening),
        joinedload(Placement.mentor).joinedload(Membership.account),
    ),
    words=_l("Name of the trainee"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        of_kind("state", _l("State"), Placement.state, State),
        of_key("employer", _l("Employer"), Placement.employer_id, employers),
        of_key("school", _l("School"), Placement.school_id, schools),
    ),
    sorts=(
        Sort("starts", _l("First day"), Order.DAY, (Placement.starts_on,)),
        Sort("ends", _l("Last day"), Order.DAY, (Placement.ends_on,)),
        Sort("trainee", _l("Trainee"), Order.TEXT, (Trainee.name_key,)),
    ),
    first="-starts",
    columns=(
        OutColumn(_l("Trainee"), lambda row: row.trainee.name),
        OutColumn(_l("School"), lambda row: row.school.short_name),
        OutColumn(_l("Employer"), lambda row: row.employer.short_name),
        OutColumn(_l("Opening"), lambda row: row.opening.title if row.opening else None),
        OutColumn(_l("First day"), lambda row: row.starts_on),
        OutColumn(_l("Last day"), lambda row: row.ends_on),
        OutColumn(_l("Mentor"), lambda row: row.mentor.name if row.mentor else None),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
