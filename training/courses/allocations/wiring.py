"""What allocations hand down: the way to people who have no account yet, and what follows when they come, study and leave."""

from dataclasses import replace

from flask import url_for

from training.courses.allocations import holding, queries, tasks
from training.courses.allocations.importer import IMPORTER, LAYOUT
from training.courses.allocations.lists import NOMINEES
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import LIFECYCLE, Event, Notice
from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, System
from training.kernel.wiring import Kind, Task, Topic, Wiring
from training.notices.models import Address
from training.organisations.queries import slug_of
from training.trainees.profiles.workflow import Event as ProfileEvent

LEFT = (
    EnrolmentEvent.WITHDRAWN,
    EnrolmentEvent.EXPELLED,
    EnrolmentEvent.TRANSFERRED,
    EnrolmentEvent.DEFERRED,
    EnrolmentEvent.CANCELLED,
)
"""What ends a study before it is completed."""


def title(allocation: Allocation) -> str:
    """Who, for what."""
    programme = allocation.purchase.cohort.programme_version.programme.title
    return _("%(name)s for %(programme)s", name=allocation.name, programme=programme)


def page(actor: Actor, allocation: Allocation) -> str:
    """The employer's page of the purchase, or the person's own."""
    if isinstance(actor, Member):
        return url_for("courses.purchases.show", organisation=slug_of(actor.organisation_id), purchase_id=allocation.purchase_id)
    return url_for("courses.allocations.own", slug=allocation.slug)


def address(allocation_id: int, organisation_id: int | None) -> Address | None:
    """The address that an employer gave; the letter leads by way of signing up or in, and nothing is written once a nomination is blanked."""
    allocation = queries.allocation(System("notices"), allocation_id)
    if "@" not in allocation.email:
        return None
    return Address(allocation.email, allocation.given_name, allocation.language, None, f"/nominations/{allocation.slug}")


WIRING = Wiring(
    lists={NOMINEES.name: replace(NOMINEES, layout=LAYOUT)},
    importers={IMPORTER.kind: IMPORTER},
    tasks={
        "allocations.miss": Task(tasks.miss),
        "allocations.release": Task(tasks.release),
        "allocations.reverse": Task(tasks.reverse),
        "allocations.meet": Task(tasks.meet),
    },
    subscriptions={
        CohortEvent.STARTED.value: "allocations.miss",
        CohortEvent.CANCELLED.value: "allocations.release",
        ProfileEvent.MADE.value: "allocations.meet",
        ProfileEvent.CLAIMED.value: "allocations.meet",
        **{event.value: "allocations.reverse" for event in LEFT},
    },
    deadlines={"allocation.expire": tasks.expire},
    kinds={"allocation": Kind(find=queries.allocation, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"allocation": Topic(_l("Seats for employees"), frozenset({"employer", "trainee"}))},
    stops={"allocation": holding.stops},
    workflows={"allocation": LIFECYCLE},
    addresses={"nominee": address},
)
