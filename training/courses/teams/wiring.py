"""What teams hand down: their end when nobody can apply any more."""

from flask import url_for

from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.teams import holding, queries, tasks
from training.courses.teams.lists import TEAMS
from training.courses.teams.models import Team
from training.courses.teams.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(team: Team) -> str:
    """For what."""
    return _("Team for %(programme)s", programme=team.cohort.programme_version.programme.title)


def page(actor: Actor, team: Team) -> str:
    """Its people's own page; for the school the teams of the cohort."""
    if isinstance(actor, Member):
        return url_for("courses.teams.of_cohort", organisation=slug_of(actor.organisation_id), cohort_id=team.cohort_id)
    return url_for("courses.teams.show", team_id=team.id)


WIRING = Wiring(
    tasks={"teams.close": Task(tasks.close)},
    subscriptions={CohortEvent.CLOSED.value: "teams.close", CohortEvent.CANCELLED.value: "teams.close"},
    lists={TEAMS.name: TEAMS},
    kinds={"team": Kind(find=queries.team, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"team": Topic(_l("Teams"), frozenset({"trainee"}))},
    stops={"team": holding.stops},
    workflows={"team": LIFECYCLE},
)
