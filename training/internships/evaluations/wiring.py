"""What evaluations hand down."""

from flask import url_for

from training.internships.evaluations import queries
from training.internships.evaluations.models import Evaluation
from training.internships.evaluations.workflow import Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(evaluation: Evaluation) -> str:
    """Of whom."""
    return _("Evaluation of %(trainee)s", trainee=evaluation.placement.trainee.name)


def page(actor: Actor, evaluation: Evaluation) -> str:
    """The evaluations of the placement."""
    if isinstance(actor, Member):
        there = slug_of(actor.organisation_id)
        return url_for("internships.evaluations.listed", organisation=there, placement_id=evaluation.placement_id)
    return url_for("internships.evaluations.listed", placement_id=evaluation.placement_id)


WIRING = Wiring(
    kinds={"evaluation": Kind(find=queries.evaluation, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"evaluation": Topic(_l("Evaluations"), frozenset({"trainee", "school", "employer"}))},
)
