"""What openings hand down."""

from flask import url_for

from training.courses.programmes.models import Programme
from training.internships.openings import queries
from training.internships.openings.lists import INTERNSHIPS, OPENINGS
from training.internships.openings.models import Opening
from training.internships.openings.workflow import LIFECYCLE, Event, Notice
from training.kernel import clock
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def page(actor: Actor, opening: Opening) -> str:
    """Where the actor finds the opening."""
    if isinstance(actor, Member) and actor.organisation_id == opening.employer_id:
        return url_for("internships.openings.show", organisation=slug_of(actor.organisation_id), opening_id=opening.id)
    return url_for("internships.openings.public", slug=opening.slug)


def places(programme: Programme) -> queries.Offered:
    """Where those who learn a programme can work meanwhile, for its public page."""
    return queries.suiting(programme.code_system, programme.code, programme.occupation_id, clock.today(programme.school.zone))


WIRING = Wiring(
    lists={INTERNSHIPS.name: INTERNSHIPS, OPENINGS.name: OPENINGS},
    tells={"programme.places": places},
    kinds={"opening": Kind(find=queries.opening, title=str, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"opening": Topic(_l("Openings"), frozenset({"employer"}))},
    workflows={"opening": LIFECYCLE},
)
