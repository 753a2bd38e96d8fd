"""What placements hand down."""

from flask import url_for

from training.internships.openings.workflow import Event as OpeningEvent
from training.internships.placements import holding, queries, tasks
from training.internships.placements.models import Placement
from training.internships.placements.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Wiring
from training.organisations.queries import slug_of


def title(placement: Placement) -> str:
    """Who, and where."""
    return _("%(trainee)s at %(employer)s", trainee=placement.trainee.name, employer=placement.employer.short_name)


def page(actor: Actor, placement: Placement) -> str:
    """Where the actor finds the placement."""
    if isinstance(actor, Member):
        return url_for("internships.placements.show", organisation=slug_of(actor.organisation_id), placement_id=placement.id)
    return url_for("internships.placements.show", placement_id=placement.id)


WIRING = Wiring(
    tasks={"placements.lapse_all": Task(tasks.lapse_all)},
    subscriptions={OpeningEvent.WITHDRAWN.value: "placements.lapse_all"},
    kinds={"placement": Kind(find=queries.placement, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    stops={"placement": holding.stops},
    workflows={"placement": LIFECYCLE},
    deadlines={"placement.lapse": tasks.lapse, "placement.start": tasks.start},
)
