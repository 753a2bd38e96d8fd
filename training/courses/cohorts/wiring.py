"""What cohorts hand down: the clockwork of their days."""

from datetime import timedelta

from flask import url_for

from training.courses.cohorts import queries, tasks
from training.courses.cohorts.lists import COHORTS
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Schedule, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(cohort: Cohort) -> str:
    """Its name and programme."""
    return _("Cohort %(code)s, %(programme)s", code=cohort.code, programme=cohort.programme_version.programme.title)


def page(actor: Actor, cohort: Cohort) -> str:
    """The working page for the school, the programme's public one for everybody else."""
    if isinstance(actor, Member) and actor.organisation_id == cohort.school_id:
        return url_for("courses.cohorts.show", organisation=slug_of(actor.organisation_id), cohort_id=cohort.id)
    return url_for("courses.programmes.public", slug=cohort.programme_version.programme.slug)


WIRING = Wiring(
    lists={COHORTS.name: COHORTS},
    tasks={"cohorts.advance": Task(tasks.advance, atomic=False)},
    schedules={"cohorts.advance": Schedule("cohorts.advance", every=timedelta(minutes=5))},
    kinds={"cohort": Kind(find=queries.cohort, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"cohort": Topic(_l("Cohorts"), frozenset({"school"}))},
    workflows={"cohort": LIFECYCLE},
)
