"""The list of a cohort: as it stands, as it was published, what a round would make of it, and where one applicant stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import SEATED, WAITING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections.models import Candidacy, Document, OfferRound, Ranking, RankingLine
from training.courses.selections.queries import incomplete, to_check
from training.courses.selections.ranking import Entry, Line, allot, ranked
from training.courses.selections.workflow import State, Tie, What
from training.kernel.db import db
from training.trainees.profiles.models import Trainee

_PROVEN = exists().where(Document.candidacy_id == Candidacy.id, Document.what == What.GROUP, Document.state == State.ACCEPTED)


@dataclass(frozen=True)
class Standing:
    """A line of the list as it would be now, with whose it is and the seat that would be theirs."""

    line: Line
    name: str
    enrolment_id: int
    state: EnrolmentState
    seat: SeatPool | None


@dataclass(frozen=True)
class Picture:
    """The list of a cohort as it stands now, and what is still to be done for it."""

    standings: Sequence[Standing]
    left_out: int
    """Applicants whose documents are not all accepted."""
    unchecked: int
    unscored: int


def picture(cohort_id: int) -> Picture:
    """The list as it would be published now: everybody who has a seat or whose documents are all accepted; three statements."""
    found = _applicants(cohort_id)
    listed = {row.id: row for row in found if row.state in (*SEATED, EnrolmentState.WAITLISTED) or not row.incomplete}
    lines = ranked([Entry(row.id, row.first, row.points or 0, row.average, row.priority, row.applied_at) for row in listed.values()])
    pools = {pool.id: pool for pool in cohorts.pools_of(cohort_id)}
    chosen = named(cohort_id)
    waiting = [(line.entry.key, chosen[line.entry.key]) for line in lines if listed[line.entry.key].state in WAITING]
    given = allot(waiting, {pool.id: pool.free for pool in pools.values()})
    standings = [_standing(line, listed[line.entry.key], given, pools) for line in lines]
    return Picture(
        standings,
        left_out=len(found) - len(listed),
        unchecked=sum(row.unchecked for row in found if row.state in WAITING),
        unscored=sum(row.points is None for row in found if row.state in WAITING),
    )


def _applicants(cohort_id: int) -> Sequence[Any]:
    columns = (Enrolment.id, Enrolment.state, Enrolment.priority, Enrolment.applied_at, Enrolment.pool_id)
    names = (Trainee.family_name, Trainee.given_name)
    query: Any = select(
        *columns,
        *names,
        Candidacy.points,
        Candidacy.average,
        _PROVEN.label("first"),
        incomplete().label("incomplete"),
        to_check().label("unchecked"),
    )
    query = query.join(Candidacy, Candidacy.enrolment_id == Enrolment.id).join(Trainee, Trainee.id == Enrolment.trainee_id)
    return db.session.execute(query.where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_((*WAITING, *SEATED)))).all()


def _standing(line: Line, row: Any, given: Mapping[int, int], pools: Mapping[int, SeatPool]) -> Standing:
    pool_id = given.get(row.id) if row.state in WAITING else row.pool_id
    return Standing(line, f"{row.family_name} {row.given_name}", row.id, row.state, pools.get(pool_id) if pool_id else None)


def moved(now: Picture, before: Sequence[RankingLine]) -> bool:
    """Whether a list published now would say something else of those who are still here than the one before, or name somebody new."""
    here = [(one.enrolment_id, one.line.entry.first, one.line.entry.points, one.line.entry.average) for one in now.standings]
    ids = {one.enrolment_id for one in now.standings}
    return here != [(one.enrolment_id, one.first, one.points, one.average) for one in before if one.enrolment_id in ids]


@dataclass(frozen=True)
class Call:
    """What the coming round would do with one kind of seats: how many are free, and who is called, in order."""

    pool: SeatPool
    people: Sequence[Any]


@dataclass(frozen=True)
class Coming:
    """What a round would do: who is called to which seats, and how many would wait, some of them for the first time."""

    calls: Sequence[Call]
    waiting: int
    fresh: int


def coming(cohort_id: int) -> Coming:
    """What a round would do now by the published list; three statements."""
    columns = (Enrolment.id, Enrolment.state, Enrolment.rank, Trainee.family_name, Trainee.given_name, Candidacy.points, Candidacy.average)
    query: Any = select(*columns).join(Candidacy, Candidacy.enrolment_id == Enrolment.id).join(Trainee, Trainee.id == Enrolment.trainee_id)
    query = query.where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(WAITING), Enrolment.rank.is_not(None))
    people = db.session.execute(query.order_by(Enrolment.rank)).all()
    pools = cohorts.pools_of(cohort_id)
    chosen = named(cohort_id)
    given = allot([(row.id, chosen[row.id]) for row in people], {pool.id: pool.free for pool in pools})
    calls = [Call(pool, [row for row in people if given.get(row.id) == pool.id]) for pool in pools]
    left = [row.state for row in people if row.id not in given]
    return Coming(calls, len(left), left.count(EnrolmentState.APPLIED))


def named(cohort_id: int) -> dict[int, list[int]]:
    """By enrolment of a cohort: the seat pools named, the most wanted first; one statement."""
    query = select(EnrolmentChoice.enrolment_id, EnrolmentChoice.pool_id).join(Enrolment, Enrolment.id == EnrolmentChoice.enrolment_id)
    found: dict[int, list[int]] = defaultdict(list)
    for key, pool_id in db.session.execute(query.where(Enrolment.cohort_id == cohort_id).order_by(EnrolmentChoice.place)):
        found[key].append(pool_id)
    return found


def published(cohort_id: int) -> Ranking | None:
    """The list of a cohort that was published last."""
    query = select(Ranking).where(Ranking.cohort_id == cohort_id).order_by(Ranking.number.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def rounds(cohort_id: int) -> Sequence[OfferRound]:
    """The rounds of a cohort, the first one first."""
    return db.session.scalars(select(OfferRound).where(OfferRound.cohort_id == cohort_id).order_by(OfferRound.number)).all()


def lines(ranking_id: int) -> Sequence[RankingLine]:
    """The places of a published list, with names and seats; one statement."""
    query = select(RankingLine).where(RankingLine.ranking_id == ranking_id).order_by(RankingLine.place)
    return db.session.scalars(
        query.options(joinedload(RankingLine.enrolment).joinedload(Enrolment.trainee), joinedload(RankingLine.pool))
    ).all()


@dataclass(frozen=True)
class Place:
    """What an applicant is told of a published list: their own line, and the last place within each kind of seats they named."""

    line: RankingLine
    below: Tie | None
    """What decided against the place below, where the points are the same."""
    among: int
    last: Mapping[int, int]
    """By seat pool."""
    called: Mapping[int, int]
    """By seat pool: the place of the last one who was called to it."""


def place_of(enrolment: Enrolment) -> Place | None:
    """Where somebody stands on the list published last; none while they are not on it. Five statements."""
    newest = select(func.max(Ranking.id)).where(Ranking.cohort_id == enrolment.cohort_id).scalar_subquery()
    mine = select(RankingLine).where(RankingLine.ranking_id == newest, RankingLine.enrolment_id == enrolment.id)
    line = db.session.scalars(mine.options(joinedload(RankingLine.ranking), joinedload(RankingLine.pool))).one_or_none()
    if line is None:
        return None
    of_list = RankingLine.ranking_id == line.ranking_id
    last = select(RankingLine.pool_id, func.max(RankingLine.place)).where(of_list, RankingLine.pool_id.is_not(None))
    called = select(Enrolment.pool_id, func.max(Enrolment.rank)).where(
        Enrolment.cohort_id == enrolment.cohort_id, Enrolment.state.in_(SEATED)
    )
    return Place(
        line,
        db.session.scalar(select(RankingLine.above).where(of_list, RankingLine.place == line.place + 1)),
        db.session.scalar(select(func.count()).select_from(RankingLine).where(of_list)) or 0,
        {key: place for key, place in db.session.execute(last.group_by(RankingLine.pool_id)) if key is not None},
        {key: place for key, place in db.session.execute(called.group_by(Enrolment.pool_id)) if key is not None and place is not None},
    )
