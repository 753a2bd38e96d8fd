"""The teams of a cohort, as a list of its school's."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment, EnrolmentBond
from training.courses.enrolments.workflow import State
from training.courses.teams import queries
from training.courses.teams.models import Team, TeamMember
from training.courses.teams.policies import can_see_of_cohort, visible_to
from training.courses.teams.standing import SITS, Line
from training.courses.teams.workflow import Standing
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee

_SOMEBODY = aliased(Trainee)
"""Anybody of a team, whoever leads it."""


def rows(actor: Actor, cohort: Cohort) -> Select[Team]:
    """The teams that were sent in to a cohort, with whoever leads each."""
    return visible_to(actor).join(Team.leader).where(Team.cohort_id == cohort.id)


def _some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an enrolment of the team's people is so."""
    theirs = select(TeamMember.id).join(Enrolment, Enrolment.id == TeamMember.enrolment_id)
    return theirs.where(TeamMember.team_id == Team.id, *conditions).exists()


_HELD = _some(Enrolment.state == State.OFFERED)
_QUEUED = _some(Enrolment.state == State.WAITLISTED)
_THINKS = _some(Enrolment.state == State.WAITLISTED, exists().where(EnrolmentBond.id == Enrolment.bond_id, EnrolmentBond.waits.is_(False)))
_SEATED = _some(Enrolment.state.in_(SITS))
STANDS = {
    Standing.CALLED: _HELD,
    Standing.WAITING: and_(~_HELD, _QUEUED, ~_THINKS),
    Standing.AGAIN: and_(~_HELD, _THINKS),
    Standing.SEATED: and_(~_HELD, ~_QUEUED, _SEATED),
    Standing.GONE: and_(~_HELD, ~_QUEUED, ~_SEATED),
}
"""Where a team stands, as conditions that tell the same as its line."""


def _stands(values: Sequence[str]) -> ColumnElement[bool] | None:
    chosen = [condition for one, condition in STANDS.items() if one.value in values]
    return or_(*chosen) if chosen else None


def word(text: str) -> ColumnElement[bool]:
    """A part of the name of anybody in it."""
    known = select(TeamMember.id).join(_SOMEBODY, _SOMEBODY.id == TeamMember.trainee_id)
    return known.where(TeamMember.team_id == Team.id, _SOMEBODY.name_key.contains(text, autoescape=True)).exists()


def dress(found: Sequence[Team], cohort: Cohort, wanted: Wanted) -> Sequence[Line]:
    """Each with its people's answers and its place in the queue."""
    return queries.lines(found, cohort.id)


def _names(which: Callable[[Line], Sequence[str]]) -> Callable[[Line], str]:
    return lambda row: ", ".join(which(row))


TEAMS = Listing(
    name="teams",
    title=_l("Teams"),
    endpoint="courses.teams.of_cohort",
    may=can_see_of_cohort,
    subject=cohorts.cohort,
    rows=rows,
    key=Team.id,
    loads=(
        contains_eager(Team.leader),
        joinedload(Team.pool),
        selectinload(Team.members).options(joinedload(TeamMember.trainee), joinedload(TeamMember.enrolment)),
    ),
    words=_l("Find by name"),
    word=word,
    filters=(Filter("stands", _l("Where it stands"), _stands, lambda actor, subject: [(one.value, one.label) for one in Standing]),),
    sorts=(
        Sort("started", _l("Start of the team"), Order.DAY, (Team.id,)),
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("places", _l("Places"), Order.NUMBER, (Team.size,)),
    ),
    first="started",
    dress=dress,
    columns=(
        OutColumn(_l("Team"), lambda row: row.team.leader.name),
        OutColumn(_l("People"), lambda row: ", ".join(one.trainee.name for one in row.members)),
        OutColumn(_l("Seat"), lambda row: row.team.pool.funding),
        OutColumn(_l("Places"), lambda row: row.team.size),
        OutColumn(_l("Still in it"), lambda row: row.left),
        OutColumn(_l("Where it stands"), lambda row: row.standing),
        OutColumn(_l("Said yes"), _names(lambda row: row.agreed)),
        OutColumn(_l("Has not answered"), _names(lambda row: row.silent)),
        OutColumn(_l("Waits for"), lambda row: row.waits_for),
    ),
)
