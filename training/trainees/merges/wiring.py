"""What merges hand down."""

from flask import url_for

from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of
from training.trainees.merges import queries
from training.trainees.merges.models import Pair
from training.trainees.merges.workflow import LIFECYCLE, Event, Notice


def title(pair: Pair) -> str:
    """Who is who."""
    return _("%(first)s and %(second)s", first=pair.first.name, second=pair.second.name)


def page(actor: Actor, pair: Pair) -> str:
    """Where the school finds the two."""
    if isinstance(actor, Member):
        own = slug_of(actor.organisation_id)
        return url_for("trainees.merges.show", organisation=own, first_id=pair.first_id, second_id=pair.second_id)
    return "/"


WIRING = Wiring(
    kinds={"trainee_pair": Kind(find=queries.pair, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    workflows={"trainee_pair": LIFECYCLE},
)
