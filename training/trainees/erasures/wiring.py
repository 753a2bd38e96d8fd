"""What requests to be erased hand down."""

from flask import url_for

from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of
from training.trainees.erasures import queries
from training.trainees.erasures.lists import ERASURES
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import LIFECYCLE, Event, Notice


def title(request: ErasureRequest) -> str:
    """Whose it is."""
    return _("Erasure of %(trainee)s", trainee=request.trainee.name)


def page(actor: Actor, request: ErasureRequest) -> str:
    """Where the actor finds the request."""
    if isinstance(actor, Member):
        return url_for("trainees.erasures.show", organisation=slug_of(actor.organisation_id), request_id=request.id)
    return url_for("trainees.exports.own")


WIRING = Wiring(
    lists={ERASURES.name: ERASURES},
    kinds={"erasure_request": Kind(find=queries.request, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    workflows={"erasure_request": LIFECYCLE},
)
