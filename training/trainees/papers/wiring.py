"""What signed papers hand down."""

from flask import url_for

from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of
from training.trainees.papers import queries
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import LIFECYCLE, Event


def title(paper: ConsentPaper) -> str:
    """Whose guardian signed."""
    return _("Signed consent for %(trainee)s", trainee=paper.consent.trainee.name)


def page(actor: Actor, paper: ConsentPaper) -> str:
    """Where the school finds it."""
    if isinstance(actor, Member):
        return url_for("trainees.papers.show", organisation=slug_of(actor.organisation_id), paper_id=paper.id)
    return "/"


WIRING = Wiring(
    kinds={"consent_paper": Kind(find=queries.paper, title=title, url=page)},
    events={event.value: event for event in Event},
    workflows={"consent_paper": LIFECYCLE},
)
