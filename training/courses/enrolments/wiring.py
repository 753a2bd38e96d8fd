"""What enrolments hand down: the end of held seats, and what follows when a cohort begins or is cancelled."""

from collections.abc import Sequence

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.enrolments import holding, queries, sheets, tasks
from training.courses.enrolments.lists import CATALOGUE, ROSTER
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import LIFECYCLE, Event, Notice, State
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(enrolment: Enrolment) -> str:
    """Who, in what."""
    return _("%(trainee)s in %(programme)s", trainee=enrolment.trainee.name, programme=enrolment.cohort.programme_version.programme.title)


def page(actor: Actor, enrolment: Enrolment) -> str:
    """The page of the school's people, or the trainee's own."""
    if enrolment.priority is not None and enrolment.state in (State.APPLIED, State.OFFERED):
        return _of_selection(actor, enrolment)
    if isinstance(actor, Member):
        return url_for("courses.enrolments.show", organisation=slug_of(actor.organisation_id), enrolment_id=enrolment.id)
    return url_for("courses.enrolments.own", enrolment_id=enrolment.id)


def _of_selection(actor: Actor, enrolment: Enrolment) -> str:
    """Where documents are checked and brought, while the seats of a selection are given."""
    if isinstance(actor, Member):
        return url_for("courses.selections.show", organisation=slug_of(actor.organisation_id), enrolment_id=enrolment.id)
    return url_for("courses.selections.own", enrolment_id=enrolment.id)


def sides(enrolment: Enrolment) -> Sequence[Side]:
    """The trainee, and the school's managers."""
    school = enrolment.cohort.programme_version.programme.school
    return [profiles.side(enrolment.trainee), *memberships.sides(Holding(school, (Role.MANAGER,)))]


WIRING = Wiring(
    documents={"roster": sheets.roster},
    lists={CATALOGUE.name: CATALOGUE, ROSTER.name: ROSTER},
    tasks={
        "enrolments.miss": Task(tasks.miss),
        "enrolments.release": Task(tasks.release),
        "enrolments.pass_on": Task(tasks.pass_on),
        "enrolments.tell_renewed": Task(tasks.tell_renewed),
    },
    subscriptions={
        CohortEvent.STARTED.value: "enrolments.miss",
        CohortEvent.CANCELLED.value: "enrolments.release",
        CohortEvent.CLOSED.value: "enrolments.pass_on",
        CohortEvent.RENEWED.value: "enrolments.tell_renewed",
    },
    deadlines={"enrolment.lapse": tasks.lapse},
    kinds={"enrolment": Kind(find=queries.enrolment, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"enrolment": Topic(_l("Seats and study"), frozenset({"trainee", "school"}))},
    stops={"enrolment": holding.stops},
    workflows={"enrolment": LIFECYCLE},
)
