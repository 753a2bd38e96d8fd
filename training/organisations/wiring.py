"""What organisations hand down."""

from flask import url_for

from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations import queries
from training.organisations.lists import ORGANISATIONS
from training.organisations.models import Organisation
from training.organisations.workflow import LIFECYCLE, Event


def page(actor: Actor, organisation: Organisation) -> str:
    """Where the actor finds the organisation."""
    if isinstance(actor, Member):
        return url_for("organisations.show", organisation=queries.slug_of(actor.organisation_id), organisation_id=organisation.id)
    return url_for("organisations.public", slug=organisation.slug)


WIRING = Wiring(
    lists={ORGANISATIONS.name: ORGANISATIONS},
    addresses={"slug": queries.slug_of},
    kinds={"organisation": Kind(find=queries.organisation, title=str, url=page)},
    events={event.value: event for event in Event},
    workflows={"organisation": LIFECYCLE},
)
