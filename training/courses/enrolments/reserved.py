"""Seats that an employer has bought: kept apart from those that anybody can apply for, and taken by those whom it names."""

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import calling, policies, prior, queries, seats, services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import LIFECYCLE, Event
from training.courses.prerequisites.policies import why_not_begin
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Learner, NotNow, System, authorise, require
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.turns.services import move


def open_pool(cohort_id: int) -> SeatPool | None:
    """The seats of a cohort that any employer may pay for, as they are now."""
    return next((pool for pool in cohorts.pools_of(cohort_id) if pool.funding is Funding.EMPLOYER), None)


def set_apart(cohort: Cohort, *, employer_id: int, number: int) -> SeatPool | None:
    """So many of the seats that any employer may pay for are that employer's now, inside the running transaction; nothing when fewer are free."""
    source = open_pool(cohort.id)
    if source is None or not seats.take_away(source.id, number):
        return None
    pool = SeatPool(cohort_id=cohort.id, funding=Funding.EMPLOYER, employer_id=employer_id, seats=number, held=0, promised=0)
    db.session.add(pool)
    db.session.flush()  # whoever bought the seats refers to the pool's key
    return pool


def give_back(cohort: Cohort, *, pool_id: int, number: int) -> bool:
    """So many free seats of an employer's are anybody's again, inside the running transaction; whoever waits for one moves up at once."""
    target, own = open_pool(cohort.id), db.session.get_one(SeatPool, pool_id)
    hold(*([target] if target is not None else []), own)
    if not seats.take_away(pool_id, number):
        return False
    if target is None:
        db.session.add(SeatPool(cohort_id=cohort.id, funding=Funding.EMPLOYER, seats=number, held=0, promised=0))
    else:
        seats.add(target.id, number)
        calling.promote(cohort, target.id)
    return True


@transaction()
def take(actor: Learner, cohort: Cohort, *, pool_id: int) -> Enrolment:
    """The seat that an employer promised becomes the actor's, be applications open or not; whoever waits in the queue leaves it for that."""
    authorise(policies.can_apply, actor, cohort)
    require(policies.why_not_join(cohort, today=clock.today(cohorts.zone_of(cohort))))
    trainee = services.trainee_now(actor.trainee_id)  # before it is asked what they lack: whoever revokes a waiver waits
    require(why_not_begin(prior.lack_of(actor.trainee_id, cohort)))
    standing = queries.own_in(actor, cohort.id)
    if standing is not None:
        reread(db.session, standing)
        require(policies.why_not_leave_queue(standing))
    if not seats.take_promised(pool_id):
        raise NotNow(_l("This seat is not kept for you any more. Ask your employer."))
    pool = db.session.get_one(SeatPool, pool_id)
    if standing is None:
        standing = services.add(cohort, trainee, [pool], pool)
        record(actor, Event.APPLIED, standing)
        disclosures.disclose(actor, trainee, Because.ENROLMENT, standing, to=cohort.school_id, first=True)
    else:
        standing.pool_id, standing.enrolled_on = pool_id, clock.today(cohorts.zone_of(cohort))
        move(System("enrolments.apply"), LIFECYCLE, "seat", standing)
        if standing.bond_id is not None:
            calling.loosen(standing, cohort)
    services.enrol(actor, standing, cohort, trainee, Event.ENROLLED)
    return standing
