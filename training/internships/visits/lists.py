"""The visits of a school or an employer, and the placements that a visit is due for, as lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.internships.placements import lists as placements
from training.internships.placements.models import Placement
from training.internships.placements.policies import visible_to as placements_seen
from training.internships.visits import due, queries
from training.internships.visits.due import Due
from training.internships.visits.models import Visit
from training.internships.visits.policies import can_list, can_list_due, visible_to
from training.internships.visits.workflow import Means, Standing, State
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_key, of_kind, of_yes
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, Member
from training.kernel.prepared import present
from training.trainees.profiles.models import Trainee

_MISSING = (Visit.state == State.PLANNED) & (Visit.ends_at < present())


def rows(actor: Actor) -> Select[Visit]:
    """What the actor may see, with the trainees."""
    return visible_to(actor).join(Visit.placement).join(Placement.trainee)


def rows_due(actor: Actor) -> Select[Placement]:
    """The school's placements that a visit is due for, with the trainees."""
    here = actor.organisation_id if isinstance(actor, Member) else 0
    return placements_seen(actor).join(Placement.trainee).where(due.needed(queries.weeks_of(here)))


def dress(found: Sequence[Placement], subject: object, wanted: Wanted) -> Sequence[Due]:
    """With the last visit and the day by which the next is due."""
    return due.dated(found)


def visitors(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """Who makes the visits that the actor may see, by name."""
    theirs = visible_to(actor).with_only_columns(Visit.visitor_id)
    query = select(Membership.id, Account.name).join(Membership.account).where(Membership.id.in_(theirs))
    return [(key, name) for key, name in db.session.execute(query.order_by(Account.name, Membership.id).limit(40))]


def supervisors(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """Who looks after the placements of a school, by name."""
    theirs = placements_seen(actor).with_only_columns(Placement.supervisor_id)
    query = select(Membership.id, Account.name).join(Membership.account).where(Membership.id.in_(theirs))
    return [(key, name) for key, name in db.session.execute(query.order_by(Account.name, Membership.id).limit(40))]


def named(text: str) -> Any:
    """A part of the trainee's name."""
    return Trainee.name_key.contains(text, autoescape=True)


VISITS = Listing(
    name="visits",
    title=_l("Visits"),
    endpoint="internships.visits.listed",
    may=can_list,
    rows=rows,
    key=Visit.id,
    loads=(
        contains_eager(Visit.placement).options(
            contains_eager(Placement.trainee), joinedload(Placement.school), joinedload(Placement.employer)
        ),
        joinedload(Visit.visitor).joinedload(Membership.account),
    ),
    words=_l("Name of the trainee"),
    word=named,
    filters=(
        of_kind("state", _l("State"), Visit.state, State),
        of_yes(
            "due",
            _l("Report of the visit"),
            (_l("Not written yet, though the visit is over"), _MISSING),
            (_l("Everything else"), ~_MISSING),
        ),
        of_kind("standing", _l("How it stands"), Visit.standing, Standing),
        of_key("employer", _l("Employer"), Visit.employer_id, placements.employers),
        of_key("school", _l("School"), Visit.school_id, placements.schools),
        of_key("visitor", _l("Visitor"), Visit.visitor_id, visitors),
        of_kind("means", _l("How people meet"), Visit.means, Means),
    ),
    sorts=(
        Sort("when", _l("Day of the visit"), Order.DAY, (Visit.starts_at,)),
        Sort("trainee", _l("Trainee"), Order.TEXT, (Trainee.name_key,)),
    ),
    first="-when",
    columns=(
        OutColumn(_l("Begins"), lambda row: row.starts_at),
        OutColumn(_l("Trainee"), lambda row: row.placement.trainee.name),
        OutColumn(_l("School"), lambda row: row.placement.school.short_name),
        OutColumn(_l("Employer"), lambda row: row.placement.employer.short_name),
        OutColumn(_l("Visitor"), lambda row: row.visitor.name),
        OutColumn(_l("How people meet"), lambda row: row.means),
        OutColumn(_l("State"), lambda row: row.state),
        OutColumn(_l("How it stands"), lambda row: row.standing),
    ),
)

VISITS_DUE = Listing(
    name="visits_due",
    title=_l("Visits due"),
    endpoint="internships.visits.due",
    may=can_list_due,
    rows=rows_due,
    key=Placement.id,
    loads=(
        contains_eager(Placement.trainee),
        joinedload(Placement.employer),
        joinedload(Placement.mentor).joinedload(Membership.account),
        joinedload(Placement.supervisor).joinedload(Membership.account),
    ),
    words=_l("Name of the trainee"),
    word=named,
    filters=(
        of_key("employer", _l("Employer"), Placement.employer_id, placements.employers),
        of_key("supervisor", _l("Supervisor"), Placement.supervisor_id, supervisors),
    ),
    sorts=(
        Sort("starts", _l("First day"), Order.DAY, (Placement.starts_on,)),
        Sort("ends", _l("Last day"), Order.DAY, (Placement.ends_on,)),
        Sort("trainee", _l("Trainee"), Order.TEXT, (Trainee.name_key,)),
    ),
    first="starts",
    dress=dress,
    columns=(
        OutColumn(_l("Trainee"), lambda row: row.placement.trainee.name),
        OutColumn(_l("Employer"), lambda row: row.placement.employer.short_name),
        OutColumn(_l("Supervisor"), lambda row: row.placement.supervisor.name if row.placement.supervisor else None),
        OutColumn(_l("Mentor"), lambda row: row.placement.mentor.name if row.placement.mentor else None),
        OutColumn(_l("First day"), lambda row: row.placement.starts_on),
        OutColumn(_l("Last day"), lambda row: row.placement.ends_on),
        OutColumn(_l("Last visit"), lambda row: row.last_at),
        OutColumn(_l("Visit by"), lambda row: row.due_on),
    ),
)
