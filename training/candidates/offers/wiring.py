"""What offers hand down."""

from flask import url_for

from training.candidates.offers import queries, tasks
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(offer: Offer) -> str:
    """What is offered by whom."""
    return _("Offer: %(position)s at %(employer)s", position=offer.position, employer=offer.employer.short_name)


def page(actor: Actor, offer: Offer) -> str:
    """Where the actor finds the offer."""
    if isinstance(actor, Member):
        slug = slug_of(actor.organisation_id)
        return url_for("candidates.offers.listed", organisation=slug, application_id=offer.application_id)
    return url_for("candidates.offers.listed", application_id=offer.application_id)


WIRING = Wiring(
    kinds={"offer": Kind(find=queries.offer, title=title, url=page, each=queries.each)},
    deadlines={"offer.expire": tasks.expire},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"offer": Topic(_l("Job offers"), frozenset({"trainee", "employer"}))},
    workflows={"offer": LIFECYCLE},
)
