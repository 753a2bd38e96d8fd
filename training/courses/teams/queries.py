"""Finding teams and how their people stand."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment, EnrolmentBond
from training.courses.enrolments.queries import ranks
from training.courses.enrolments.workflow import SEATED, WAITING, State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.teams.models import Team, TeamMember
from training.courses.teams.policies import open_to, visible_to
from training.courses.teams.standing import Line
from training.courses.teams.workflow import State as TeamState
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, Learner
from training.trainees.profiles.models import Trainee


def _whole(query: Select[Team]) -> Select[Team]:
    cohort = joinedload(Team.cohort)
    return query.options(
        cohort.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
        cohort.joinedload(Cohort.site),
        joinedload(Team.pool),
        joinedload(Team.leader),
    )


def _one(query: Select[Team]) -> Team:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def team(actor: Actor, team_id: int) -> Team:
    """One team with its cohort, programme, kind of seat and leader."""
    return _one(_whole(visible_to(actor)).where(Team.id == team_id))


def by_slug(actor: Actor, slug: str) -> Team:
    """The team of a link."""
    return _one(_whole(open_to(actor)).where(Team.slug == slug))


def of_link(actor: Actor, slug: str) -> str:
    """What stands in a link; whether there is such a team is not said."""
    return slug


def each(actor: Actor, ids: Collection[int]) -> dict[int, Team]:
    """Those teams of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Team.id.in_(ids)))


def forming_in(actor: Learner, cohort_id: int) -> int | None:
    """The actor's own team of a cohort that forms still."""
    query = select(TeamMember.team_id).where(TeamMember.trainee_id == actor.trainee_id, TeamMember.cohort_id == cohort_id)
    return db.session.scalar(query.where(TeamMember.forming))


def forming_of(actor: Actor) -> Sequence[Team]:
    """The actor's own teams that form still, the newest first, with their programmes."""
    query = _whole(visible_to(actor)).where(Team.state == TeamState.FORMING)
    return db.session.scalars(query.order_by(Team.id.desc()).limit(20)).all()


def of_enrolment(actor: Actor, enrolment_id: int) -> Team | None:
    """With whom somebody came, if they came together."""
    query = visible_to(actor).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.enrolment_id == enrolment_id)
    return db.session.scalars(query.options(joinedload(Team.leader))).one_or_none()


def members(team_id: int) -> Sequence[TeamMember]:
    """The people of a team, first come first, with their enrolments."""
    query = select(TeamMember).where(TeamMember.team_id == team_id).order_by(TeamMember.id)
    return db.session.scalars(query.options(joinedload(TeamMember.trainee), joinedload(TeamMember.enrolment))).all()


def already_in(team: Team) -> Sequence[str]:
    """Those of a team who have applied for its cohort alone, by name."""
    query = (
        select(Trainee)
        .join(TeamMember, TeamMember.trainee_id == Trainee.id)
        .join(Enrolment, (Enrolment.trainee_id == Trainee.id) & (Enrolment.cohort_id == team.cohort_id))
        .where(TeamMember.team_id == team.id, Enrolment.state.in_((*WAITING, *SEATED)))
    )
    return [one.name for one in db.session.scalars(query.order_by(Trainee.name_key, Trainee.id))]


def bond_of(team_id: int) -> EnrolmentBond | None:
    """By what the people of a team are bound while they wait; nothing where they entered at once."""
    query = select(EnrolmentBond).join(Enrolment, Enrolment.bond_id == EnrolmentBond.id)
    query = query.join(TeamMember, TeamMember.enrolment_id == Enrolment.id).where(TeamMember.team_id == team_id)
    return db.session.scalars(query.distinct()).one_or_none()


def lines(teams: Sequence[Team], cohort_id: int) -> Sequence[Line]:
    """Teams of a cohort, whose people are loaded, with their places in the queue: two statements where somebody waits, none else."""
    queued = [one.enrolment for team in teams for one in team.members if one.enrolment is not None and one.enrolment.bond_id is not None]
    bonds = select(EnrolmentBond.id).where(EnrolmentBond.id.in_({one.bond_id for one in queued}), EnrolmentBond.waits.is_(False))
    thinking = set(db.session.scalars(bonds)) if queued else set()
    places = ranks([cohort_id] if queued else [])
    return [_line(team, thinking, places) for team in teams]


def _line(team: Team, thinking: Collection[int], places: Mapping[int, Mapping[int, int]]) -> Line:
    bonds = {one.enrolment.bond_id for one in team.members if one.enrolment is not None}
    mine = [place for one in team.members for place in places.get(one.enrolment_id or 0, {}).values()]
    return Line(team, team.members, waits=bonds.isdisjoint(thinking), rank=min(mine, default=None))


def waiting(team: Sequence[TeamMember]) -> list[Enrolment]:
    """Those of a team's people who are in the queue or called."""
    return [one.enrolment for one in team if one.enrolment is not None and one.enrolment.state in (State.WAITLISTED, State.OFFERED)]


def forming(cohort_id: int) -> Sequence[Team]:
    """The teams of a cohort that form still, with their people."""
    query = _whole(select(Team)).where(Team.cohort_id == cohort_id, Team.state == TeamState.FORMING)
    people = selectinload(Team.members).joinedload(TeamMember.trainee)
    return db.session.scalars(query.options(people).order_by(Team.id)).unique().all()
