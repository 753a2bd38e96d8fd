"""What credentials hand down."""

from flask import url_for

from training.courses.credentials import holding, queries, tasks
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Wiring
from training.organisations.queries import slug_of


def title(credential: Credential) -> str:
    """Its number and what it is for."""
    return _("Credential %(number)s, %(title)s", number=credential.number, title=credential.title)


def page(actor: Actor, credential: Credential) -> str:
    """The same page for the issuer's people and the holder, by their own door."""
    if isinstance(actor, Member):
        return url_for("courses.credentials.show", organisation=slug_of(actor.organisation_id), credential_id=credential.id)
    return url_for("courses.credentials.show", credential_id=credential.id)


WIRING = Wiring(
    tasks={"credentials.render": Task(tasks.render, atomic=False)},
    kinds={"credential": Kind(find=queries.credential, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    holds={"credential": holding.holds},
    workflows={"credential": LIFECYCLE},
)
