"""Starting a team, joining it, and sending it in: all of it enters, or all of it waits."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import calling, prior, seats, together
from training.courses.enrolments import policies as entry
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.models import Enrolment, EnrolmentBond
from training.courses.enrolments.workflow import Event as StudyEvent
from training.courses.enrolments.workflow import Notice as StudyNotice
from training.courses.prerequisites.policies import why_not_begin
from training.courses.teams import policies, queries
from training.courses.teams.models import Team, TeamMember
from training.courses.teams.workflow import LIFECYCLE, Event, Notice
from training.kernel import clock, keys
from training.kernel.db import db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, NotNow, Sentences, System, authorise, require
from training.notices.services import notify
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import by_id as trainee_of
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def start(actor: Learner, cohort: Cohort, *, funding: Funding) -> Team:
    """A team for one kind of seats, with the actor as its first; others join by its link."""
    authorise(policies.can_start, actor, cohort)
    pool = next((one for one in cohorts.pools_of(cohort.id) if one.funding is funding), None)
    require(entry.why_not_apply(cohort, today=clock.today(cohorts.zone_of(cohort)), pools=[pool] if pool else []))
    assert pool is not None, "why_not_apply asks for one"
    require(why_not_begin(prior.lack_of(actor.trainee_id, cohort)))
    if enrolments.own_in(actor, cohort.id) is not None:
        raise NotNow(_l("You have applied for this cohort alone already. Leave that place first, then start a team."))
    team = Team(
        slug=keys.slug(),
        school_id=cohort.school_id,
        cohort_id=cohort.id,
        cohort=cohort,
        pool_id=pool.id,
        leader_id=actor.trainee_id,
    )
    db.session.add(team)
    begin(actor, LIFECYCLE, team)
    _enter(actor, team)
    record(actor, Event.STARTED, team, pool=pool.id)
    return team


def _enter(actor: Learner, team: Team) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(
                TeamMember(team_id=team.id, cohort_id=team.cohort_id, trainee_id=actor.trainee_id, joined_at=clock.now(), forming=True)
            )
    except IntegrityError:
        raise NotNow(_l("You are in a team for this cohort already. Leave it first.")) from None
    team.size += 1


@transaction()
def join(actor: Learner, team: Team) -> None:
    """One more, who has the link; whoever leads the team is told."""
    authorise(policies.can_join, actor, team)
    pool = _pool(team)
    in_cohort = enrolments.own_in(actor, team.cohort_id) is not None
    require(policies.why_not_join(team, seats=pool.seats, in_cohort=in_cohort))
    require(_why_not_apply(team, pool))
    require(why_not_begin(prior.lack_of(actor.trainee_id, team.cohort)))
    _enter(actor, team)
    record(actor, Event.JOINED, team, trainee=actor.trainee_id)
    notify(Notice.JOINED, team, to=reach(trainee_of(team.leader_id)), size=team.size)


def _pool(team: Team) -> SeatPool:
    return db.session.get_one(SeatPool, team.pool_id, populate_existing=True)


def _why_not_apply(team: Team, pool: SeatPool) -> Sentences:
    """The cohort, as it is now, can be applied for."""
    db.session.refresh(team.cohort, attribute_names=["state", "opens_on", "closes_on", "joins_until_on"])
    return entry.why_not_apply(team.cohort, today=clock.today(cohorts.zone_of(team.cohort)), pools=[pool])


@transaction()
def leave(actor: Learner, team: Team) -> None:
    """Somebody leaves while the team forms; whoever leads it is told."""
    authorise(policies.can_leave, actor, team)
    require(policies.why_not_form(team))
    (mine,) = [one for one in queries.members(team.id) if one.trainee_id == actor.trainee_id]
    db.session.delete(mine)
    team.size -= 1
    record(actor, Event.LEFT, team, trainee=actor.trainee_id)
    notify(Notice.LEFT, team, to=reach(trainee_of(team.leader_id)), size=team.size)


@transaction()
def dissolve(actor: Actor, team: Team) -> None:
    """Nothing comes of it; the others are told."""
    authorise(policies.can_dissolve, actor, team)
    _end(actor, team, "dissolve", Event.DISSOLVED, but=team.leader_id)


@transaction()
def close(actor: System, *, cohort_id: int) -> int:
    """Nobody can apply for the cohort any more: the teams that were not sent in are over; returns how many."""
    found = queries.forming(cohort_id)
    for team in found:
        reread(db.session, team)
        _end(actor, team, "close", Event.CLOSED)
    return len(found)


def _end(actor: Actor, team: Team, verb: str, event: Event, *, but: int | None = None) -> None:
    move(actor, LIFECYCLE, verb, team)
    people = queries.members(team.id)
    _formed(team)
    record(actor, event, team)
    told = [recipient for one in people if one.trainee_id != but for recipient in reach(one.trainee)]
    notify(Notice.DISSOLVED, team, to=told)


def _formed(team: Team) -> None:
    """Its people may be in another team of the cohort again."""
    done = update(TeamMember).where(TeamMember.team_id == team.id).values(forming=False)
    db.session.execute(done.execution_options(synchronize_session=False))


@transaction()
def send_in(actor: Learner, team: Team) -> bool:
    """Seats for all of them at once if so many are free at this very moment, else one place after the other in the queue; says which."""
    authorise(policies.can_send_in, actor, team)
    pool, people = _pool(team), queries.members(team.id)
    trainees = {key: studying.trainee_now(key) for key in sorted(one.trainee_id for one in people)}
    require(policies.why_not_form(team))
    require(policies.why_not_send_in(team, seats=pool.seats, already=queries.already_in(team)))
    require(_why_not_apply(team, pool))
    seated = seats.take_several(pool.id, len(people))
    if not seated:
        hold(pool)  # whoever frees seats now waits until our places in the queue are there to be seen
        seated = seats.take_several(pool.id, len(people))
    move(actor, LIFECYCLE, "send_in", team)
    bond = None if seated else _bind(team)
    for member in people:
        trainee = trainees[member.trainee_id]
        enrolment = studying.add(team.cohort, trainee, [pool], pool if seated else None)
        enrolment.bond_id = bond.id if bond else None
        member.enrolment_id = enrolment.id
        _tell(actor, team, trainee, enrolment, seated=seated)
    _formed(team)
    record(actor, Event.SENT_IN, team, size=team.size, pool=pool.id)
    if not seated:
        db.session.flush()  # who is next, and with whom, is found by what stands in the tables
        calling.promote(team.cohort, pool.id)
    return seated


def _bind(team: Team) -> EnrolmentBond:
    bond = EnrolmentBond(cohort_id=team.cohort_id, pool_id=team.pool_id, waits=True)
    db.session.add(bond)
    db.session.flush()  # the places in the queue refer to its key
    return bond


def _tell(actor: Actor, team: Team, trainee: Trainee, enrolment: Enrolment, *, seated: bool) -> None:
    """What applying alone tells and opens, for one of them."""
    record(actor, StudyEvent.APPLIED, enrolment, team=team.id)
    disclosures.disclose(actor, trainee, Because.ENROLMENT, enrolment, to=team.school_id, first=True)
    if seated:
        studying.enrol(actor, enrolment, team.cohort, trainee, StudyEvent.ENROLLED)
    else:
        record(actor, StudyEvent.QUEUED, enrolment)
        notify(StudyNotice.QUEUED, enrolment, to=reach(trainee))


@transaction()
def send_again(actor: Learner, team: Team) -> None:
    """Those who are left are called again when it is their turn; they have kept their places in the queue."""
    authorise(policies.can_send_again, actor, team)
    left = queries.waiting(queries.members(team.id))
    db.session.refresh(team.cohort, attribute_names=["state", "joins_until_on"])
    promotes = entry.promotes(team.cohort, today=clock.today(cohorts.zone_of(team.cohort)))
    bond = queries.bond_of(team.id)
    require(policies.why_not_send_again(waiting=len(left), waits=bond is None or bond.waits, promotes=promotes))
    assert bond is not None, "who waits together is bound"
    together.bond_now(bond.id).waits = True
    record(actor, Event.SENT_AGAIN, team, size=len(left))
    seats.scatter(team.pool_id)
    db.session.flush()  # who is next is found by what stands in the tables
    calling.promote(team.cohort, team.pool_id)
