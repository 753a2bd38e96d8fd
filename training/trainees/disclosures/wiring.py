"""What disclosures hand down: trainees as a kind of record, seen by whoever may see them."""

from flask import url_for

from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Wiring
from training.organisations.queries import slug_of
from training.trainees.consents.workflow import Event as ConsentEvent
from training.trainees.disclosures import queries, tasks
from training.trainees.disclosures.lists import TRAINEES
from training.trainees.disclosures.workflow import Event
from training.trainees.profiles.models import Trainee


def page(actor: Actor, trainee: Trainee) -> str:
    """Where the actor finds the trainee."""
    if isinstance(actor, Member):
        return url_for("trainees.disclosures.card", organisation=slug_of(actor.organisation_id), trainee_id=trainee.id)
    return url_for("trainees.profiles.own")


WIRING = Wiring(
    lists={TRAINEES.name: TRAINEES},
    tasks={"disclosures.close_search": Task(tasks.close_search)},
    subscriptions={ConsentEvent.WITHDRAWN.value: "disclosures.close_search"},
    kinds={"trainee": Kind(find=queries.trainee, title=str, url=page)},
    events={event.value: event for event in Event},
)
