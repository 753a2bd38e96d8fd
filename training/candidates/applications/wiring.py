"""What applications hand down."""

from collections.abc import Sequence

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.candidates.applications import holding, queries, tasks
from training.candidates.applications.lists import APPLICATIONS
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import LIFECYCLE, Event, Notice
from training.candidates.vacancies.policies import RECRUITERS
from training.candidates.vacancies.workflow import Event as VacancyEvent
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member
from training.kernel.wiring import Kind, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(application: Application) -> str:
    """Who applied for what."""
    return f"{application.trainee.name}, {application.vacancy.title}"


def page(actor: Actor, application: Application) -> str:
    """Where the actor finds the application."""
    if isinstance(actor, Member):
        slug = slug_of(actor.organisation_id)
        return url_for("candidates.applications.show", organisation=slug, application_id=application.id)
    if isinstance(actor, Learner):
        return url_for("candidates.applications.standing", application_id=application.id)
    return url_for("candidates.vacancies.public", slug=application.vacancy.slug)


def sides(application: Application) -> Sequence[Side]:
    """The candidate, and those who recruit for the employer."""
    return [profiles.side(application.trainee), *memberships.sides(Holding(application.vacancy.employer, RECRUITERS))]


WIRING = Wiring(
    lists={APPLICATIONS.name: APPLICATIONS},
    tasks={
        "applications.tell_rejection": Task(tasks.tell_rejection),
        "applications.end_with_vacancy": Task(tasks.end_with_vacancy, atomic=False),
    },
    subscriptions={
        VacancyEvent.CLOSED.value: "applications.end_with_vacancy",
        VacancyEvent.FILLED.value: "applications.end_with_vacancy",
    },
    kinds={"application": Kind(find=queries.application, title=title, url=page, sides=sides, each=queries.each)},
    deadlines={"application.lapse": tasks.lapse},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"application": Topic(_l("Applications"), frozenset({"trainee", "employer"}))},
    stops={"application": holding.stops},
    workflows={"application": LIFECYCLE},
)
