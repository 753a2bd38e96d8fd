"""Finding candidacies, what a cohort asks, the list as it stands and as it was published."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import SEATED, WAITING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.selections.models import (
    Answer,
    Asked,
    Candidacy,
    Criterion,
    Document,
    OfferRound,
    PriorityGroup,
    Ranking,
    RankingLine,
)
from training.courses.selections.policies import documents_visible_to, groups_visible_to, visible_to
from training.courses.selections.ranking import Entry, Line, allot, ranked
from training.courses.selections.workflow import State, Tie, What
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import Prepared, by_key
from training.trainees.profiles.models import Trainee

_ENROLMENT = joinedload(Candidacy.enrolment)
_COHORT = _ENROLMENT.joinedload(Enrolment.cohort)
_SCHOOL = _COHORT.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school)
_WHOLE = (
    _SCHOOL,
    _COHORT.joinedload(Cohort.site),
    _ENROLMENT.joinedload(Enrolment.trainee),
    _ENROLMENT.joinedload(Enrolment.pool),
    _ENROLMENT.selectinload(Enrolment.choices).joinedload(EnrolmentChoice.pool),
    joinedload(Candidacy.group),
    selectinload(Candidacy.documents).options(joinedload(Document.asked), joinedload(Document.file)),
    selectinload(Candidacy.answers).joinedload(Answer.criterion),
)
_BY_ENROLMENT = by_key(visible_to, Candidacy.enrolment_id, *_WHOLE)
_BY_ID = by_key(visible_to, Candidacy.id, *_WHOLE)
_ABOVE = joinedload(Document.candidacy).joinedload(Candidacy.enrolment)
_OF_DOCUMENT = (
    joinedload(Document.asked),
    joinedload(Document.file),
    _ABOVE.joinedload(Enrolment.trainee),
    _ABOVE.joinedload(Enrolment.cohort)
    .joinedload(Cohort.programme_version)
    .joinedload(ProgrammeVersion.programme)
    .joinedload(Programme.school),
)
_DOCUMENT = by_key(documents_visible_to, Document.id, *_OF_DOCUMENT)


def of_enrolment(actor: Actor, enrolment_id: int) -> Candidacy:
    """What somebody applied with, by the enrolment: with trainee, cohort, seats named, documents and answers."""
    return _BY_ENROLMENT.one(actor, key=enrolment_id)


def candidacy(actor: Actor, candidacy_id: int) -> Candidacy:
    """The same by its own key."""
    return _BY_ID.one(actor, key=candidacy_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Candidacy]:
    """Those of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Candidacy.id.in_(ids)).options(*_WHOLE))


def document(actor: Actor, document_id: int) -> Document:
    """One document with its file, the applicant, the cohort and the school."""
    return _DOCUMENT.one(actor, key=document_id)


def each_document(actor: Actor, ids: Collection[int]) -> dict[int, Document]:
    """Those documents of the ids that the actor may see."""
    return by_id(documents_visible_to(actor).where(Document.id.in_(ids)).options(*_OF_DOCUMENT))


def papers(candidacy_id: int) -> Sequence[Document]:
    """The documents of an applicant as they are now."""
    return db.session.scalars(select(Document).where(Document.candidacy_id == candidacy_id).order_by(Document.place)).all()


def group(actor: Actor, group_id: int) -> PriorityGroup:
    """One priority group of the actor's school."""
    found = db.session.scalars(groups_visible_to(actor).where(PriorityGroup.id == group_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def groups(actor: Actor) -> Sequence[PriorityGroup]:
    """The priority groups of the actor's school, those that have ended last."""
    query = groups_visible_to(actor).order_by(PriorityGroup.ended_on.is_not(None), PriorityGroup.id)
    return db.session.scalars(query).all()


def groups_of(school_id: int) -> Sequence[PriorityGroup]:
    """The priority groups that can be claimed at a school."""
    query = select(PriorityGroup).where(PriorityGroup.school_id == school_id, PriorityGroup.ended_on.is_(None))
    return db.session.scalars(query.order_by(PriorityGroup.id)).all()


def criteria(cohort_id: int) -> Sequence[Criterion]:
    """What a cohort gives points for, in the school's order."""
    return db.session.scalars(select(Criterion).where(Criterion.cohort_id == cohort_id).order_by(Criterion.place)).all()


def asked(cohort_id: int) -> Sequence[Asked]:
    """The documents that a cohort asks for, in the school's order."""
    return db.session.scalars(select(Asked).where(Asked.cohort_id == cohort_id).order_by(Asked.place)).all()


_MINE = Prepared(
    lambda actor: (
        visible_to(actor)
        .options(_SCHOOL, _ENROLMENT.joinedload(Enrolment.pool), selectinload(Candidacy.documents).joinedload(Document.asked))
        .order_by(Candidacy.id.desc())
        .limit(100)
    )
)


def mine(actor: Actor) -> Sequence[Candidacy]:
    """The actor's own applications by selection, newest first, with what they bring."""
    return _MINE.some(actor).all()


def applied(cohort_id: int) -> int:
    """How many have ever applied for a cohort by selection."""
    query = select(func.count()).select_from(Candidacy).join(Enrolment, Enrolment.id == Candidacy.enrolment_id)
    return db.session.scalar(query.where(Enrolment.cohort_id == cohort_id)) or 0


def incomplete() -> ColumnElement[bool]:
    """As a condition on Candidacy: a required document is not accepted."""
    return exists().where(Document.candidacy_id == Candidacy.id, Document.required, Document.state != State.ACCEPTED)


def to_check() -> ColumnElement[bool]:
    """As a condition on Candidacy: a document waits to be checked."""
    return exists().where(Document.candidacy_id == Candidacy.id, Document.state == State.BROUGHT)


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
    pools = {pool.id: pool for pool in db.session.scalars(select(SeatPool).where(SeatPool.cohort_id == cohort_id).order_by(SeatPool.id))}
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


@dataclass(frozen=True)
class Call:
    """What the coming round would do with one kind of seats: how many are free, and who is called, in order."""

    pool: SeatPool
    people: Sequence[Any]


def coming(cohort_id: int) -> tuple[Sequence[Call], int]:
    """What a round would do now by the published list, by kind of seats, and how many would wait; three statements."""
    columns = (Enrolment.id, Enrolment.rank, Trainee.family_name, Trainee.given_name, Candidacy.points, Candidacy.average)
    query: Any = select(*columns).join(Candidacy, Candidacy.enrolment_id == Enrolment.id).join(Trainee, Trainee.id == Enrolment.trainee_id)
    query = query.where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(WAITING), Enrolment.rank.is_not(None))
    people = db.session.execute(query.order_by(Enrolment.rank)).all()
    pools = db.session.scalars(select(SeatPool).where(SeatPool.cohort_id == cohort_id).order_by(SeatPool.id)).all()
    chosen = named(cohort_id)
    given = allot([(row.id, chosen[row.id]) for row in people], {pool.id: pool.free for pool in pools})
    calls = [Call(pool, [row for row in people if given.get(row.id) == pool.id]) for pool in pools]
    return calls, len(people) - len(given)


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


def conditional(enrolment_ids: Collection[int]) -> Sequence[Candidacy]:
    """Those of some enrolments to whom yes was said on a condition that is still open, with their cohorts."""
    query = select(Candidacy).where(
        Candidacy.enrolment_id.in_(enrolment_ids), Candidacy.condition.is_not(None), Candidacy.condition_met.is_(None)
    )
    return db.session.scalars(query.options(_COHORT).order_by(Candidacy.id)).all() if enrolment_ids else []


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
