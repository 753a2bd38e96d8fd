"""Publishing the list, offering seats in its order, taking them; and saying yes on a condition."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from training.audit.services import record
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import choosing
from training.courses.enrolments import queries as enrolment_queries
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import WAITING, Leaving
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import asking, policies, queries, standings
from training.courses.selections.models import Candidacy, OfferRound, Ranking, RankingLine
from training.courses.selections.ranking import allot
from training.courses.selections.workflow import Event, Notice
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.db.transaction import reread
from training.kernel.policy import Actor, authorise, require
from training.notices.services import notify
from training.trainees.profiles.queries import reach

LOWER = (*choosing.OPEN, EnrolmentState.ENROLLED)
"""Where an application of lower priority stands that can end when a better seat is taken."""


@transaction()
def publish(actor: Actor, cohort: Cohort) -> Ranking:
    """The list as it stands becomes the one that counts; everybody on it is told their own place, nobody is told another's name."""
    authorise(policies.can_lead, actor, cohort)
    now = standings.picture(cohort.id)
    require(policies.why_not_publish(cohort, ranked=len(now.standings)))
    before = standings.published(cohort.id)
    ranking = Ranking(cohort_id=cohort.id, school_id=cohort.school_id, number=before.number + 1 if before else 1, published_at=clock.now())
    db.session.add(ranking)
    db.session.flush()  # its lines refer to it
    rows = [
        {
            "ranking_id": ranking.id,
            "enrolment_id": one.enrolment_id,
            "place": one.line.place,
            "first": one.line.entry.first,
            "points": one.line.entry.points,
            "average": one.line.entry.average,
            "priority": one.line.entry.priority,
            "above": one.line.above,
            "pool_id": one.seat.id if one.seat else None,
        }
        for one in now.standings
    ]
    db.session.execute(insert(RankingLine), rows)
    choosing.rank(cohort.id, {one.enrolment_id: one.line.place for one in now.standings})
    record(actor, Event.PUBLISHED, cohort, number=ranking.number, people=len(rows))
    for enrolment in _told(ranking):
        notify(Notice.RANKED, enrolment, to=reach(enrolment.trainee))
    return ranking


def _told(ranking: Ranking) -> list[Enrolment]:
    """Those on the list who have no seat yet."""
    query = select(Enrolment).join(RankingLine, RankingLine.enrolment_id == Enrolment.id).where(RankingLine.ranking_id == ranking.id)
    waiting = query.where(Enrolment.state.in_(WAITING)).options(joinedload(Enrolment.trainee))
    return list(db.session.scalars(waiting.order_by(RankingLine.place)))


@transaction()
def offer(actor: Actor, cohort: Cohort, *, until_on: date) -> OfferRound:
    """A round: every free seat is held for the next on the list who named it, until the end of a day; the others wait in the list's order."""
    authorise(policies.can_lead, actor, cohort)
    ranking, zone = standings.published(cohort.id), cohorts.zone_of(cohort)
    require(policies.why_not_offer(cohort, ranking=ranking, today=clock.today(zone), until_on=until_on))
    assert ranking is not None
    hold(*cohorts.pools_of(cohort.id))  # whoever frees a seat or is called meanwhile waits until everybody here has been
    pools, people = cohorts.pools_of(cohort.id), choosing.ranked(cohort.id)
    named, until = standings.named(cohort.id), clock.end_of(until_on, zone)
    given = allot([(one.id, named[one.id]) for one in people], {pool.id: pool.free for pool in pools})
    fresh = {one.id for one in people if one.state is EnrolmentState.APPLIED}
    require(policies.why_not_call(given=len(given), fresh=len(fresh)))
    left = choosing.call(actor, people, given, until=until)
    made = OfferRound(
        cohort_id=cohort.id,
        school_id=cohort.school_id,
        ranking_id=ranking.id,
        number=len(standings.rounds(cohort.id)) + 1,
        offered_at=clock.now(),
        until_at=until,
        offered=len(given),
        waiting=len(left),
    )
    db.session.add(made)
    record(actor, Event.CALLED, cohort, number=made.number, offered=made.offered, waiting=made.waiting, until=until_on)
    for enrolment in left:
        if enrolment.id in fresh:
            notify(Notice.WAITING, enrolment, to=reach(enrolment.trainee))
    for candidacy in queries.conditional({*given, *fresh}):
        asking.ask_to_judge(candidacy)
    return made


@transaction()
def take(actor: Actor, candidacy: Candidacy, *, ending: Collection[int] = ()) -> None:
    """The seat that is held becomes one's own; of one's applications with a lower priority those end that were agreed to (by enrolment)."""
    authorise(policies.own, actor, candidacy)
    reread(db.session, candidacy.enrolment)
    enrolments.claim(actor, candidacy.enrolment)
    asking.ask_to_judge(candidacy)
    for other in lower(candidacy):
        if other.id in ending:
            reread(db.session, other)
            enrolments.withdraw(actor, other, because=Leaving.SCHOOL)


def lower(candidacy: Candidacy) -> list[Enrolment]:
    """The same person's other applications that they want less, the most wanted first, with what they are for."""
    mine = candidacy.enrolment
    query = select(Enrolment).where(Enrolment.trainee_id == mine.trainee_id, Enrolment.state.in_(LOWER), Enrolment.id != mine.id)
    query = query.where(Enrolment.priority.is_not(None), Enrolment.priority > (mine.priority or 0))
    return list(db.session.scalars(query.options(enrolment_queries.PROGRAMME).order_by(Enrolment.priority, Enrolment.id)))


@transaction()
def set_condition(actor: Actor, candidacy: Candidacy, *, words: str, until_on: date, module: str | None = None) -> None:
    """The school says yes if something is so by a day, and names what is caught up; the applicant is told at once."""
    authorise(policies.can_decide, actor, candidacy)
    reread(db.session, candidacy.enrolment)
    today = clock.today(cohorts.zone_of(candidacy.enrolment.cohort))
    require(policies.why_not_set_condition(candidacy, today=today, until_on=until_on), field="until_on")
    candidacy.condition, candidacy.condition_until_on, candidacy.condition_module = words, until_on, module
    candidacy.condition_met = None
    record(actor, Event.CONDITION_SET, candidacy.enrolment, detail={"condition": words}, until=until_on)
    notify(Notice.CONDITION_SET, candidacy, to=reach(candidacy.enrolment.trainee))
    asking.ask(candidacy)


@transaction()
def meet(actor: Actor, candidacy: Candidacy) -> None:
    """The condition is met: the yes holds."""
    authorise(policies.can_decide, actor, candidacy)
    reread(db.session, candidacy.enrolment)
    require(policies.why_not_judge(candidacy))
    candidacy.condition_met = True
    record(actor, Event.CONDITION_MET, candidacy.enrolment)
    notify(Notice.CONDITION_MET, candidacy, to=reach(candidacy.enrolment.trainee))
    asking.judged(candidacy)


@transaction()
def fail(actor: Actor, candidacy: Candidacy, *, reason: str) -> None:
    """The condition is not met: the yes does not hold, and a seat that was held goes to the next on the list."""
    authorise(policies.can_decide, actor, candidacy)
    reread(db.session, candidacy.enrolment)
    require(policies.why_not_judge(candidacy))
    candidacy.condition_met = False
    record(actor, Event.CONDITION_FAILED, candidacy.enrolment, detail={"reason": reason})
    enrolments.retract(actor, candidacy.enrolment, reason=reason)
