"""What visits hand down."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.internships.placements.workflow import Event as PlacementEvent
from training.internships.visits import handing_over, policies, queries, tasks
from training.internships.visits.calendar import enclosed
from training.internships.visits.lists import VISITS, VISITS_DUE
from training.internships.visits.models import Visit
from training.internships.visits.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Charge, Kind, Schedule, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles

ENDS = (PlacementEvent.COMPLETED, PlacementEvent.BROKEN_OFF)


def title(visit: Visit) -> str:
    """Who is visited, and where."""
    return _("Visit: %(trainee)s at %(employer)s", trainee=visit.placement.trainee.name, employer=visit.placement.employer.short_name)


def page(actor: Actor, visit: Visit) -> str:
    """Where the actor finds the visit."""
    if isinstance(actor, Member):
        return url_for("internships.visits.show", organisation=slug_of(actor.organisation_id), visit_id=visit.id)
    return url_for("internships.visits.show", visit_id=visit.id)


def sides(visit: Visit) -> Sequence[Side]:
    """The trainee, whoever comes from the school, and the mentor."""
    placement = visit.placement
    school = Holding(placement.school, policies.LEADS, [visit.visitor_id])
    employer = Holding(placement.employer, (Role.MANAGER,), [placement.mentor_id] if placement.mentor_id else [])
    return [profiles.side(placement.trainee), *memberships.sides(school, employer)]


WIRING = Wiring(
    tasks={
        "visits.remind": Task(tasks.remind),
        "visits.cancel_with_placement": Task(tasks.cancel_with_placement, atomic=False),
    },
    schedules={"visits.remind": Schedule("visits.remind", every=timedelta(hours=6))},
    subscriptions={event.value: "visits.cancel_with_placement" for event in ENDS},
    deadlines={"visit.conclude": tasks.conclude},
    lists={VISITS.name: VISITS, VISITS_DUE.name: VISITS_DUE},
    kinds={"visit": Kind(find=queries.visit, title=title, url=page, sides=sides, each=queries.each)},
    charges={"visitor": Charge(_l("Visits to make"), "visit", handing_over.MAKERS, handing_over.made_by, handing_over.make)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"visit": Topic(_l("Visits"), frozenset({"trainee", "school", "employer"}))},
    workflows={"visit": LIFECYCLE},
    attachments={Notice.PLANNED.value: enclosed, Notice.RESCHEDULED.value: enclosed, Notice.CANCELLED.value: enclosed},
)
