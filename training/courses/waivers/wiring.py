"""What waivers hand down."""

from flask import url_for

from training.courses.waivers import queries
from training.courses.waivers.models import Waiver
from training.courses.waivers.workflow import Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(waiver: Waiver) -> str:
    """Who, and into what."""
    return _("%(trainee)s without prerequisites in %(programme)s", trainee=waiver.trainee.name, programme=waiver.programme.title)


def page(actor: Actor, waiver: Waiver) -> str:
    """The programme's page, where the trainee applies; the waiver's own at the school."""
    if isinstance(actor, Member):
        return url_for("courses.waivers.show", organisation=slug_of(actor.organisation_id), waiver_id=waiver.id)
    return url_for("courses.programmes.public", slug=waiver.programme.slug)


WIRING = Wiring(
    kinds={"waiver": Kind(find=queries.waiver, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"waiver": Topic(_l("Prerequisites"), frozenset({"trainee"}))},
)
