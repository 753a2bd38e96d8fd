"""What placements hand down."""

from collections.abc import Sequence

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.internships.openings.workflow import Event as OpeningEvent
from training.internships.placements import handing_over, holding, queries, tasks
from training.internships.placements.lists import PLACEMENTS
from training.internships.placements.models import Placement
from training.internships.placements.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Charge, Kind, Side, Task, Topic, Unnamed, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(placement: Placement) -> str:
    """Who, and where."""
    return _("%(trainee)s at %(employer)s", trainee=placement.trainee.name, employer=placement.employer.short_name)


def page(actor: Actor, placement: Placement) -> str:
    """Where the actor finds the placement."""
    if isinstance(actor, Member):
        return url_for("internships.placements.show", organisation=slug_of(actor.organisation_id), placement_id=placement.id)
    return url_for("internships.placements.show", placement_id=placement.id)


def sides(placement: Placement) -> Sequence[Side]:
    """The trainee; the supervisor, or the school's people; the mentor, or the employer's managers, once the employer knows of it."""
    school = Holding(placement.school, (Role.MANAGER, Role.PLACEMENT_OFFICER), [placement.supervisor_id] if placement.supervisor_id else [])
    employer = Holding(placement.employer, (Role.MANAGER,), [placement.mentor_id] if placement.mentor_id else [])
    asked = [school, employer] if placement.approved_at is not None else [school]
    return [profiles.side(placement.trainee), *memberships.sides(*asked)]


WIRING = Wiring(
    tasks={"placements.lapse_all": Task(tasks.lapse_all)},
    subscriptions={OpeningEvent.WITHDRAWN.value: "placements.lapse_all"},
    lists={PLACEMENTS.name: PLACEMENTS},
    kinds={"placement": Kind(find=queries.placement, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"placement": Topic(_l("Internships"), frozenset({"trainee", "school", "employer"}))},
    stops={"placement": holding.stops},
    workflows={"placement": LIFECYCLE},
    charges={
        "supervisor": Charge(
            _l("Supervisor of internships"),
            "placement",
            handing_over.SUPERVISORS,
            handing_over.supervised,
            handing_over.supervise,
            Unnamed(_l("Without a person: managers and placement officers"), handing_over.OFFICE, handing_over.unsupervise),
        ),
    },
    deadlines={"placement.lapse": tasks.lapse, "placement.start": tasks.start},
)
