"""What credentials hand down."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.credentials import holding, queries, tasks
from training.courses.credentials.lists import CREDENTIALS
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Schedule, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(credential: Credential) -> str:
    """Its number and what it is for."""
    return _("%(credential)s, %(title)s", credential=credential.name, title=credential.title)


def page(actor: Actor, credential: Credential) -> str:
    """The same page for the issuer's people and the holder, by their own door."""
    if isinstance(actor, Member):
        return url_for("courses.credentials.show", organisation=slug_of(actor.organisation_id), credential_id=credential.id)
    return url_for("courses.credentials.show", credential_id=credential.id)


def sides(credential: Credential) -> Sequence[Side]:
    """The holder, and the issuer's managers."""
    return [profiles.side(credential.trainee), *memberships.sides(Holding(credential.school, (Role.MANAGER,)))]


WIRING = Wiring(
    lists={CREDENTIALS.name: CREDENTIALS},
    tasks={"credentials.render": Task(tasks.render, atomic=False), "credentials.remind": Task(tasks.remind)},
    schedules={"credentials.remind": Schedule("credentials.remind", every=timedelta(hours=6))},
    kinds={"credential": Kind(find=queries.credential, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"credential": Topic(_l("Credentials"), frozenset({"trainee"}))},
    holds={"credential": holding.holds},
    stops={"credential": holding.stops},
    workflows={"credential": LIFECYCLE},
)
