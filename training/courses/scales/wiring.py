"""What mark scales hand down."""

from flask import url_for

from training.courses.scales import queries
from training.courses.scales.models import ScaleEdition
from training.courses.scales.workflow import Event
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of


def title(edition: ScaleEdition) -> str:
    """Which scale it is."""
    return _("Mark scale: %(kind)s", kind=edition.kind.label)


def page(actor: Actor, edition: ScaleEdition) -> str:
    """Its page at the school."""
    if isinstance(actor, Member):
        return url_for("courses.scales.show", organisation=slug_of(actor.organisation_id), edition_id=edition.id)
    return url_for("insights.home.landing")


WIRING = Wiring(
    kinds={"scale_edition": Kind(find=queries.edition, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
)
