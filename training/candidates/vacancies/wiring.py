"""What vacancies hand down."""

from datetime import timedelta

from flask import url_for

from training.candidates.vacancies import queries, tasks
from training.candidates.vacancies.lists import VACANCIES, WORK
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Schedule, Task, Topic, Wiring
from training.organisations.queries import slug_of


def page(actor: Actor, vacancy: Vacancy) -> str:
    """Where the actor finds the vacancy."""
    if isinstance(actor, Member) and actor.organisation_id == vacancy.employer_id:
        return url_for("candidates.vacancies.show", organisation=slug_of(actor.organisation_id), vacancy_id=vacancy.id)
    return url_for("candidates.vacancies.public", slug=vacancy.slug)


WIRING = Wiring(
    lists={VACANCIES.name: VACANCIES, WORK.name: WORK},
    tasks={"vacancies.expire": Task(tasks.expire, atomic=False)},
    schedules={"vacancies.expire": Schedule("vacancies.expire", every=timedelta(minutes=15))},
    kinds={"vacancy": Kind(find=queries.vacancy, title=str, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"vacancy": Topic(_l("Vacancies"), frozenset({"trainee", "employer"}))},
    workflows={"vacancy": LIFECYCLE},
)
