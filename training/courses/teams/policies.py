"""Who sees which team, and who starts, joins, leaves and sends in."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, false, select
from sqlalchemy.orm import aliased

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.policies import can_apply
from training.courses.teams.models import Team, TeamMember
from training.courses.teams.workflow import FEWEST, MOST, State
from training.kernel.i18n import LazyString, _l, ngettext
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, System, Visitor

_MINE = aliased(TeamMember)
"""Oneself in a team, whoever else of it is asked for beside."""


def visible_to(actor: Actor) -> Select[Team]:
    """One's own teams; those sent in to a school to its members."""
    match actor:
        case System():
            return select(Team)
        case Learner(trainee_id=me):
            return select(Team).where(exists().where(_MINE.team_id == Team.id, _MINE.trainee_id == me))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Team).where(Team.school_id == mine, Team.state == State.SENT)
        case _:
            return select(Team).where(false())


def open_to(actor: Actor) -> Select[Team]:
    """To trainees who have its link, every team: whether it can still be joined is said there."""
    return select(Team) if isinstance(actor, Learner) else visible_to(actor)


def leads(actor: Actor, team: Team) -> bool:
    """Whoever started it."""
    return isinstance(actor, Learner) and actor.trainee_id == team.leader_id


def can_start(actor: Actor, cohort: Cohort) -> bool:
    """Any trainee."""
    return can_apply(actor, cohort)


def can_see(actor: Actor, team: Team) -> bool:
    """Its people."""
    return isinstance(actor, Learner)


def can_see_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The people of the school whose cohort it is."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_join(actor: Actor, team: Team) -> bool:
    """Any trainee who has the link."""
    return isinstance(actor, Learner)


def can_follow(actor: Actor, subject: object = None) -> bool:
    """Whoever has the link; what it leads to is asked there."""
    return isinstance(actor, Visitor)


def can_leave(actor: Actor, team: Team) -> bool:
    """Its people but whoever leads it, who dissolves it instead."""
    return isinstance(actor, Learner) and not leads(actor, team)


def can_dissolve(actor: Actor, team: Team) -> bool:
    """Whoever leads it."""
    return leads(actor, team)


def can_send_in(actor: Actor, team: Team) -> bool:
    """Whoever leads it."""
    return leads(actor, team)


def can_send_again(actor: Actor, team: Team) -> bool:
    """Its people: each of them still says yes or no when a seat is held."""
    return isinstance(actor, Learner)


def why_not_form(team: Team) -> list[str | LazyString]:
    """It has been neither sent in nor dissolved."""
    match team.state:
        case State.SENT:
            return [_l("This team has been sent in already.")]
        case State.DISSOLVED:
            return [_l("This team does not exist any more. Ask whoever invited you, or apply alone.")]
        case _:
            return []


def why_not_join(team: Team, *, seats: int, in_cohort: bool) -> list[str | LazyString]:
    """It forms, has room, and whoever joins has not applied alone."""
    found = why_not_form(team)
    if not found and team.size >= most(seats):
        found.append(_l("This team is full: it cannot be more than %(num)d people.", num=most(seats)))
    if not found and in_cohort:
        found.append(_l("You have applied for this cohort alone already. Leave that place first, then join."))
    return found


def most(seats: int) -> int:
    """How many a team can be: no more than the seats of its kind, or it would wait for ever."""
    return min(MOST, seats)


def why_not_send_in(team: Team, *, seats: int, already: Sequence[str]) -> list[str | LazyString]:
    """At least two, no more than there are seats, and none of them has applied alone meanwhile."""
    found: list[str | LazyString] = []
    if team.size < FEWEST:
        found.append(_l("A team is at least two people. Send the link to somebody first, or apply alone."))
    if team.size > seats:
        found.append(
            ngettext("There is only %(num)s seat of this kind in all.", "There are only %(num)s seats of this kind in all.", seats)
        )
    if already:
        found.append(
            _l("These have applied alone meanwhile: %(names)s. They leave that place first, or this team.", names=", ".join(already))
        )
    return found


def why_not_send_again(*, waiting: int, waits: bool, promotes: bool) -> list[str | LazyString]:
    """Somebody of it is still in the queue, is not called without asking, and seats are still given out."""
    if not waiting:
        return [_l("Nobody of this team is in the queue any more.")]
    if waits:
        return [_l("This team is in the queue already.")]
    return [] if promotes else [_l("The last day to join this cohort is over.")]
