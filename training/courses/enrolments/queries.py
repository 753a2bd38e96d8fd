"""Finding enrolments, ranks in queues, and figures about them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Admission
from training.courses.enrolments.catalogue import find as catalogue
from training.courses.enrolments.models import Enrolment, EnrolmentBond, EnrolmentChoice
from training.courses.enrolments.policies import visible_to
from training.courses.enrolments.waiting import Seats, waiting_for, waiting_in
from training.courses.enrolments.workflow import SEATED, STUDYING, WAITING, State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.db import by_id, db, rows
from training.kernel.policy import Actor
from training.kernel.prepared import Prepared, by_key
from training.trainees.profiles.models import Trainee

__all__ = ["Seats", "catalogue", "waiting_for", "waiting_in"]

COHORT = joinedload(Enrolment.cohort)
PROGRAMME = COHORT.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school)


_ARRIVAL = (Enrolment.applied_at, Enrolment.id)
_CALLED = {Admission.ORDER_OF_ARRIVAL: _ARRIVAL, Admission.SELECTION: (Enrolment.rank.is_(None), Enrolment.rank, *_ARRIVAL)}
"""In which order those who wait are called, by how seats are given."""

_WHOLE = (
    PROGRAMME,
    COHORT.joinedload(Cohort.site),
    joinedload(Enrolment.trainee),
    joinedload(Enrolment.pool),
)


_BY_ID = by_key(visible_to, Enrolment.id, *_WHOLE)


def enrolment(actor: Actor, enrolment_id: int) -> Enrolment:
    """One enrolment with its trainee, cohort, programme, school and seat: one statement."""
    return _BY_ID.one(actor, key=enrolment_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Enrolment]:
    """Those enrolments of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Enrolment.id.in_(ids)).options(*_WHOLE))


def mine(actor: Actor) -> Sequence[Enrolment]:
    """The actor's own enrolments, newest first, with cohorts, programmes, schools and seats."""
    query = visible_to(actor).options(PROGRAMME, COHORT.joinedload(Cohort.site), joinedload(Enrolment.pool))
    return db.session.scalars(query.order_by(Enrolment.id.desc()).limit(100)).all()


_IN_COHORT = Prepared(
    lambda actor: visible_to(actor).where(Enrolment.cohort_id == bindparam("cohort"), Enrolment.state.in_((*WAITING, *SEATED))).limit(1)
)


def own_in(actor: Actor, cohort_id: int) -> Enrolment | None:
    """The actor's own enrolment in a cohort that has not ended otherwise than by completion."""
    return next(iter(_IN_COHORT.seldom(actor, cohort=cohort_id)), None)


def has_begun(programme_id: int, trainee_id: int) -> bool:
    """Whether somebody waits for a seat in a programme, has one, has completed it, or was put off to a later cohort."""
    taught = select(Cohort.id).join(Cohort.programme_version).where(ProgrammeVersion.programme_id == programme_id)
    begun = (*WAITING, *SEATED, State.DEFERRED)
    theirs = (Enrolment.trainee_id == trainee_id, Enrolment.state.in_(begun), Enrolment.cohort_id.in_(taught))
    return bool(db.session.scalar(select(exists().where(*theirs))))


def current_of(trainee_id: int) -> Enrolment | None:
    """A trainee's newest enrolment that is studied or completed, with cohort, version, programme and school."""
    query = select(Enrolment).where(Enrolment.trainee_id == trainee_id, Enrolment.state.in_([*STUDYING, State.COMPLETED]))
    return db.session.scalars(query.options(PROGRAMME).order_by(Enrolment.id.desc()).limit(1)).one_or_none()


def seated(actor: Actor, cohort: Cohort) -> Sequence[int]:
    """The trainees who study in a cohort, in order."""
    query = visible_to(actor).where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(STUDYING))
    return db.session.scalars(query.with_only_columns(Enrolment.trainee_id).order_by(Enrolment.trainee_id)).all()


def on_paper(actor: Actor, cohort: Cohort) -> Sequence[Enrolment]:
    """Those who study in a cohort or have completed it, by name, with what is printed of them."""
    query = (
        visible_to(actor).join(Enrolment.trainee).where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_((*STUDYING, State.COMPLETED)))
    )
    query = query.options(contains_eager(Enrolment.trainee), joinedload(Enrolment.pool))
    return db.session.scalars(query.order_by(Trainee.name_key, Enrolment.id)).all()


def held(actor: Actor, cohort: Cohort) -> Sequence[Enrolment]:
    """The seats of a cohort that are held until a deadline, the nearest first."""
    query = visible_to(actor).where(Enrolment.cohort_id == cohort.id, Enrolment.state == State.OFFERED)
    return db.session.scalars(query.options(joinedload(Enrolment.trainee)).order_by(Enrolment.claim_until_at, Enrolment.id)).all()


def queue(actor: Actor, cohort: Cohort, limit: int = 100) -> Sequence[Enrolment]:
    """Those who wait, in their order."""
    query = visible_to(actor).where(Enrolment.cohort_id == cohort.id, Enrolment.state == State.WAITLISTED)
    return db.session.scalars(query.options(joinedload(Enrolment.trainee)).order_by(*_CALLED[cohort.admission]).limit(limit)).all()


def studying(cohort_id: int) -> Sequence[Enrolment]:
    """Those who study in a cohort now, by key, with their trainees."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.state == State.ENROLLED)
    return db.session.scalars(query.options(joinedload(Enrolment.trainee)).order_by(Enrolment.id)).all()


def completed(cohort_id: int) -> Sequence[Enrolment]:
    """Those who completed a cohort, by key, with their trainees."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.state == State.COMPLETED)
    return db.session.scalars(query.options(joinedload(Enrolment.trainee)).order_by(Enrolment.id)).all()


def standing(cohort_id: int, states: Collection[State]) -> Sequence[Enrolment]:
    """The enrolments of a cohort in some states, by key, with trainees."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(states))
    return db.session.scalars(query.options(joinedload(Enrolment.trainee)).order_by(Enrolment.id)).all()


def in_it(cohort_id: int) -> int:
    """How many study in a cohort, hold a seat or wait for one."""
    counted = select(func.count()).where(
        Enrolment.cohort_id == cohort_id, Enrolment.state.in_((State.WAITLISTED, State.OFFERED, *STUDYING))
    )
    return db.session.scalar(counted) or 0


def ranks(cohort_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By enrolment in the queue: its rank for each seat pool it named, from 1; one window statement."""
    if not cohort_ids:
        return {}
    rank = func.row_number().over(partition_by=EnrolmentChoice.pool_id, order_by=_CALLED[Admission.SELECTION])
    query = select(EnrolmentChoice.enrolment_id, EnrolmentChoice.pool_id, rank).join(
        Enrolment, Enrolment.id == EnrolmentChoice.enrolment_id
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    waiting = (Enrolment.cohort_id.in_(cohort_ids), Enrolment.state == State.WAITLISTED)
    for enrolment_id, pool_id, place in db.session.execute(query.where(*waiting)):
        found[enrolment_id][pool_id] = place
    return dict(found)


_CALLABLE = or_(Enrolment.bond_id.is_(None), exists().where(EnrolmentBond.id == Enrolment.bond_id, EnrolmentBond.waits))
"""Alone, or with all of a team."""


def next_for(pool_id: int, admission: Admission, *, past: Collection[int] = ()) -> Enrolment | None:
    """The first in the queue who named the pool and can be called, locked, `past` some bonds; nobody when there is none."""
    query = (
        select(Enrolment)
        .join(EnrolmentChoice, EnrolmentChoice.enrolment_id == Enrolment.id)
        .where(EnrolmentChoice.pool_id == pool_id, Enrolment.state == State.WAITLISTED, _CALLABLE)
        .order_by(*_CALLED[admission])
        .limit(1)
    )
    if past:
        query = query.where(or_(Enrolment.bond_id.is_(None), Enrolment.bond_id.not_in(past)))
    while db.session.scalar(query.with_only_columns(Enrolment.id)) is not None:
        locked = query.with_for_update(of=Enrolment, key_share=True).execution_options(populate_existing=True)
        found = db.session.scalars(locked).one_or_none()
        if found is not None:  # nobody, when whoever was first left the queue while we waited for their row: look again
            return found
    return None


_NOT_STUDYING = (
    select(Enrolment.pool_id, Enrolment.state, func.count())
    .where(Enrolment.cohort_id == bindparam("cohort"), Enrolment.state.in_((State.WAITLISTED, State.OFFERED)))
    .group_by(Enrolment.pool_id, Enrolment.state)
)
"""Asked whenever somebody looks at a cohort, so it is built once."""


def seats_of(cohort: Cohort, pools: Sequence[SeatPool]) -> tuple[Seats, list[tuple[SeatPool, Seats]]]:
    """The seats of some pools of a cohort, all together and by who pays: one statement, two while somebody waits.

    What is promised to somebody, or gathered for a team, is held for them.
    """
    held: dict[int | None, int] = defaultdict(int)
    people = 0
    for pool_id, state, count in rows(_NOT_STUDYING, {"cohort": cohort.id}):
        if state is State.WAITLISTED:
            people += count
        else:
            held[pool_id] += count
    waiting = waiting_in([pool.id for pool in pools] if people else [])
    by_pool = [
        (pool, Seats(pool.held - held[pool.id], held[pool.id] + pool.promised, pool.free, waiting.get(pool.id, 0))) for pool in pools
    ]
    each = [one for _pool, one in by_pool]
    return Seats(sum(one.taken for one in each), sum(one.held for one in each), sum(one.free for one in each), people), by_pool


def public_seats(cohorts: Sequence[Cohort]) -> dict[int, Seats]:
    """The seats of cohorts (their pools are loaded) as the public sees them, held ones as taken: one statement."""
    waiting = waiting_for([cohort.id for cohort in cohorts])
    return {
        cohort.id: Seats(
            sum(pool.held + pool.promised for pool in cohort.pools), 0, sum(pool.free for pool in cohort.pools), waiting.get(cohort.id, 0)
        )
        for cohort in cohorts
    }


def seats_by_cohort(cohorts: Sequence[Cohort]) -> dict[int, Seats]:
    """The seats of cohorts (their pools are loaded) as their school sees them: one statement."""
    query = (
        select(Enrolment.cohort_id, Enrolment.state, func.count())
        .where(Enrolment.cohort_id.in_([cohort.id for cohort in cohorts]), Enrolment.state.in_((State.WAITLISTED, State.OFFERED)))
        .group_by(Enrolment.cohort_id, Enrolment.state)
    )
    count = {(key, state): number for key, state, number in db.session.execute(query)} if cohorts else {}
    return {
        cohort.id: Seats(
            sum(pool.held for pool in cohort.all_pools) - count.get((cohort.id, State.OFFERED), 0),
            sum(pool.promised for pool in cohort.all_pools) + count.get((cohort.id, State.OFFERED), 0),
            sum(pool.free for pool in cohort.all_pools),
            count.get((cohort.id, State.WAITLISTED), 0),
        )
        for cohort in cohorts
    }


@dataclass(frozen=True)
class Graduates:
    """How many completed a programme, since when, and how many of them were hired."""

    hired: int
    all: int
    since: date | None


def graduates(programme_id: int) -> Graduates:
    """Those who completed a programme in any of its versions; hires are counted from above (`enrolments.count_hire`): one statement."""
    query = (
        select(func.count(Enrolment.hired_on), func.count(Enrolment.id), func.min(Enrolment.ended_on))
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(ProgrammeVersion.programme_id == programme_id, Enrolment.state == State.COMPLETED)
    )
    return Graduates(*db.session.execute(query).one())


def unhired(trainee_id: int, on: date) -> Sequence[Enrolment]:
    """A trainee's completed enrolments that nobody has hired them after yet."""
    query = select(Enrolment).where(
        Enrolment.trainee_id == trainee_id, Enrolment.state == State.COMPLETED, Enrolment.hired_on.is_(None), Enrolment.ended_on <= on
    )
    return db.session.scalars(query.order_by(Enrolment.id)).all()
