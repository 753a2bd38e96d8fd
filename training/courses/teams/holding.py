"""What of a trainee's teams stands in the way of erasing them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.cohorts.models import Cohort
from training.courses.programmes.models import ProgrammeVersion
from training.courses.teams.models import Team, TeamMember
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l


def stops(trainee_id: int) -> list[str | LazyString]:
    """A team that forms is left, or dissolved, first; what came of one that was sent in is an enrolment's to say."""
    query = select(Team).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.trainee_id == trainee_id, TeamMember.forming)
    programme = joinedload(Team.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    return [
        _l("Team for %(programme)s: leave or dissolve it first.", programme=one.cohort.programme_version.programme.title)
        for one in db.session.scalars(query.options(programme).order_by(Team.id))
    ]
