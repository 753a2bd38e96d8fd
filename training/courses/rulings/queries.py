"""Finding rulings, their lines, and the people whom one can be over."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to as enrolments_visible_to
from training.courses.enrolments.prior import lack_of_each
from training.courses.enrolments.workflow import SEATED, WAITING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.rulings.models import Ruling, RulingLine, RulingSeries
from training.courses.rulings.orders import ordered
from training.courses.rulings.policies import TAKES_IN, Facts, lines_visible_to, visible_to
from training.courses.rulings.workflow import ORDERED, SOURCES, Kind, State
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, Member, Role
from training.kernel.prepared import Prepared, by_key
from training.trainees.profiles.models import Trainee
from training.turns.models import OpenTurn

MOST = 1_000
"""People whom one ruling is over."""
_PROGRAMME = joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
"""From a cohort down, the same along every way there: cohorts that share a version are read anew into one record."""
_WHOLE = (joinedload(Ruling.school), joinedload(Ruling.file), joinedload(Ruling.corrects), joinedload(Ruling.cohort).options(_PROGRAMME))
_BY_ID = by_key(visible_to, Ruling.id, *_WHOLE)


def ruling(actor: Actor, ruling_id: int) -> Ruling:
    """One ruling with its school, cohort, programme and document: one statement."""
    return _BY_ID.one(actor, key=ruling_id)


def printed(actor: Actor, ruling_id: int) -> Ruling:
    """One ruling whose document is there; NotFound before."""
    found = ruling(actor, ruling_id)
    if found.file is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Ruling]:
    """Those rulings of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Ruling.id.in_(ids)).options(*_WHOLE))


def of_cohort(actor: Actor, cohort: Cohort) -> Sequence[Ruling]:
    """The rulings over the people of a cohort, the newest first."""
    query = visible_to(actor).where(Ruling.cohort_id == cohort.id).options(joinedload(Ruling.corrects))
    return db.session.scalars(query.order_by(Ruling.id.desc()).limit(200)).all()


def sizes(ids: Collection[int]) -> dict[int, int]:
    """How many people each of the rulings names: one statement."""
    query = select(RulingLine.ruling_id, func.count()).where(RulingLine.ruling_id.in_(ids)).group_by(RulingLine.ruling_id)
    return {key: count for key, count in db.session.execute(query)} if ids else {}  # noqa: C416 -- rows are no pairs to mypy


def corrections(actor: Actor, ruling_id: int) -> Sequence[Ruling]:
    """The rulings that correct one, and are not dropped, the oldest first."""
    query = visible_to(actor).where(Ruling.corrects_id == ruling_id, Ruling.state != State.DROPPED)
    return db.session.scalars(query.order_by(Ruling.id)).all()


def lines(ruling: Ruling) -> Sequence[RulingLine]:
    """What a ruling orders, by name: each with the enrolment as it stands, where it leads, and what it takes back; a few statements."""
    enrolment = joinedload(RulingLine.enrolment)
    taken = selectinload(RulingLine.reverses)
    query = (
        select(RulingLine)
        .join(Enrolment, Enrolment.id == RulingLine.enrolment_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(RulingLine.ruling_id == ruling.id)
        .options(
            enrolment.joinedload(Enrolment.trainee),
            enrolment.joinedload(Enrolment.pool),
            enrolment.selectinload(Enrolment.cohort).options(_PROGRAMME),
            selectinload(RulingLine.to_cohort).options(_PROGRAMME),
            taken.joinedload(RulingLine.made).options(joinedload(Enrolment.trainee), joinedload(Enrolment.cohort).options(_PROGRAMME)),
            taken.joinedload(RulingLine.to_cohort),
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query.order_by(Trainee.name_key, RulingLine.id)).all()


def lock(found: Sequence[RulingLine]) -> None:
    """Locks everybody whom the lines are over, in order of keys; what was loaded of them before is read again by `lines`."""
    keys = {line.enrolment_id for line in found} | {line.reverses.made_id for line in found if line.reverses and line.reverses.made_id}
    query = select(Enrolment.id).where(Enrolment.id.in_(keys)).order_by(Enrolment.id)
    db.session.execute(query.with_for_update(key_share=True))


def named(ruling_id: int) -> set[int]:
    """The enrolments that a ruling is over."""
    return set(db.session.scalars(select(RulingLine.enrolment_id).where(RulingLine.ruling_id == ruling_id)))


def candidates(actor: Actor, cohort: Cohort, kind: Kind) -> Sequence[Enrolment]:
    """Whom a ruling of that kind can be over, in a cohort, by name."""
    query = enrolments_visible_to(actor).join(Enrolment.trainee)
    query = query.where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(SOURCES[kind]))
    loaded = query.options(joinedload(Enrolment.trainee), joinedload(Enrolment.pool))
    return db.session.scalars(loaded.order_by(Trainee.name_key, Enrolment.id).limit(MOST)).all()


def counts(actor: Actor, cohort: Cohort) -> dict[Kind, int]:
    """How many people of a cohort a ruling of each kind can be over."""
    states = enrolments_visible_to(actor).where(Enrolment.cohort_id == cohort.id).with_only_columns(Enrolment.state)
    found = list(db.session.scalars(states))
    return {kind: sum(state in SOURCES[kind] for state in found) for kind in ORDERED}


def chosen(actor: Actor, cohort: Cohort, ids: Collection[int]) -> Sequence[Enrolment]:
    """Those of the ids who are or were in a cohort, wherever they stand now."""
    query = enrolments_visible_to(actor).where(Enrolment.cohort_id == cohort.id, Enrolment.id.in_(ids))
    return db.session.scalars(query.order_by(Enrolment.id).limit(MOST)).all()


def elsewhere(actor: Actor, cohort: Cohort) -> Sequence[Cohort]:
    """The school's other cohorts that take people in, the same programme first, with their seats."""
    query = select(Cohort).where(Cohort.school_id == cohort.school_id, Cohort.id != cohort.id, Cohort.state.in_(TAKES_IN))
    query = query.join(Cohort.programme_version).join(ProgrammeVersion.programme)
    same = ProgrammeVersion.programme_id == cohort.programme_version.programme_id
    mine = isinstance(actor, Member) and actor.organisation_id == cohort.school_id
    loaded = query.options(joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme))
    return db.session.scalars(loaded.order_by(same.desc(), Cohort.starts_on, Cohort.id)).all() if mine else []


def facts(ruling: Ruling, found: Sequence[RulingLine], today: date) -> Facts:
    """What decides about the lines of a ruling: as many statements for a thousand as for one."""
    reversal = ruling.corrects_id is not None
    aims = {line.enrolment.cohort_id if reversal else line.to_cohort_id for line in found} - {None}
    people = {line.enrolment.trainee_id for line in found}
    known = Facts(today)
    if aims:
        pools = db.session.scalars(
            select(SeatPool).where(SeatPool.cohort_id.in_(aims)).execution_options(populate_existing=True).order_by(SeatPool.id)
        ).all()
        known.pools = {
            key: {pool.funding: pool for pool in pools if pool.cohort_id == key and pool.employer_id is None}
            for key in aims
            if key is not None
        }
        known.free = {pool.id: pool.free for pool in pools}
        there = select(Enrolment.trainee_id, Enrolment.cohort_id).where(
            Enrolment.cohort_id.in_(aims), Enrolment.trainee_id.in_(people), Enrolment.state.in_((*WAITING, *SEATED))
        )
        known.standing = {(trainee, cohort) for trainee, cohort in db.session.execute(there)}
    if not reversal:
        known.lacking = _lacking(found)
    known.reversed_by = _reversed_by({line.reverses_id for line in found if line.reverses_id is not None})
    if ruling.kind is Kind.ENROLMENT and not reversal:
        known.enrolled_by = {key: str(one) for key, one in _standing([line.enrolment_id for line in found], Kind.ENROLMENT)}
    if ruling.kind in (Kind.RETURN, Kind.DEFERRAL):
        known.resumed = {key for key, _one in _standing([line.enrolment_id for line in found], Kind.RETURN, made=True)}
    return known


def _lacking(found: Sequence[RulingLine]) -> dict[tuple[int, int], str]:
    """What those lack who are sent to learn another programme; whoever goes on with theirs was let in before."""
    going: dict[Cohort, list[int]] = defaultdict(list)
    for line in found:
        there, mine = line.to_cohort, line.enrolment.cohort
        if there is not None and there.programme_version.programme_id != mine.programme_version.programme_id:
            going[there].append(line.enrolment.trainee_id)
    return {(who, there.id): one.titles for there, people in going.items() for who, one in lack_of_each(people, there).items()}


def _standing(keys: Collection[int], kind: Kind, *, made: bool = False) -> Sequence[tuple[int, str]]:
    """The enrolments that signed rulings of a kind are over, with the numbers, unless they were taken back."""
    back, correction = aliased(RulingLine), aliased(Ruling)
    taken = select(back.id).join(correction, correction.id == back.ruling_id)
    taken = taken.where(back.reverses_id == RulingLine.id, correction.state == State.SIGNED)
    query = (
        select(RulingLine.enrolment_id, Ruling.number)
        .join(Ruling, Ruling.id == RulingLine.ruling_id)
        .where(RulingLine.enrolment_id.in_(keys), Ruling.kind == kind, Ruling.state == State.SIGNED)
        .where(RulingLine.reverses_id.is_(None), ~taken.exists())
    )
    if made:
        query = query.where(RulingLine.made_id.is_not(None))
    return [(key, number or "") for key, number in db.session.execute(query.order_by(RulingLine.id))]


def returning(first: date, last: date) -> Sequence[tuple[Enrolment, date]]:
    """Those whose deferral ends within these days, with the day, unless they went on already or their school has been asked; at most 500.

    A deferral into a cohort ends with its first day.
    """
    back, correction, later, order = aliased(RulingLine), aliased(Ruling), aliased(RulingLine), aliased(Ruling)
    taken = exists().where(back.reverses_id == RulingLine.id, back.ruling_id == correction.id, correction.state == State.SIGNED)
    again = aliased(RulingLine)
    undone = exists().where(again.reverses_id == later.id, again.ruling_id == correction.id, correction.state == State.SIGNED)
    resumed = exists().where(
        later.enrolment_id == RulingLine.enrolment_id,
        later.made_id.is_not(None),
        later.ruling_id == order.id,
        order.kind == Kind.RETURN,
        order.state == State.SIGNED,
        ~undone,
    )
    asked = exists().where(OpenTurn.subject_kind == Enrolment.__tablename__, OpenTurn.subject_id == Enrolment.id)
    day = func.coalesce(RulingLine.until_on, Cohort.starts_on)
    whole = joinedload(Enrolment.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    query = (
        select(Enrolment, day)
        .join(RulingLine, RulingLine.enrolment_id == Enrolment.id)
        .join(Ruling, Ruling.id == RulingLine.ruling_id)
        .outerjoin(Cohort, Cohort.id == RulingLine.to_cohort_id)
        .where(Ruling.kind == Kind.DEFERRAL, Ruling.state == State.SIGNED, RulingLine.reverses_id.is_(None), ~taken)
        .where(Enrolment.state == EnrolmentState.DEFERRED, day.between(first, last), ~resumed, ~asked)
        .options(whole.joinedload(Programme.school), joinedload(Enrolment.trainee))
    )
    return [(enrolment, until_on) for enrolment, until_on in db.session.execute(query.order_by(day, Enrolment.id).limit(500))]


def _reversed_by(keys: Collection[int]) -> dict[int, str]:
    """Of lines that were taken back: the numbers of the rulings that did."""
    query = select(RulingLine.reverses_id, Ruling.number).join(Ruling, Ruling.id == RulingLine.ruling_id)
    rows = db.session.execute(query.where(RulingLine.reverses_id.in_(keys), Ruling.state == State.SIGNED)) if keys else ()
    return {key: number or "" for key, number in rows if key is not None}


_OVER = Prepared(
    lambda actor: (
        lines_visible_to(actor)
        .where((RulingLine.enrolment_id == bindparam("enrolment")) | (RulingLine.made_id == bindparam("enrolment")))
        .order_by(RulingLine.id.desc())
        .limit(50)
    ),
    joinedload(RulingLine.ruling),
    joinedload(RulingLine.to_cohort),
    joinedload(RulingLine.made).joinedload(Enrolment.cohort),
    joinedload(RulingLine.enrolment).joinedload(Enrolment.cohort),
)


def over(actor: Actor, enrolment: Enrolment) -> list[tuple[RulingLine, str]]:
    """The signed lines over an enrolment, and the one by which it began, each in words; the newest first."""
    return [(line, ordered(line.ruling, line)) for line in _OVER.seldom(actor, enrolment=enrolment.id)]


def years(actor: Actor, subject: object = None) -> Sequence[tuple[str, str]]:
    """The years in which a school signed rulings, the newest first."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = select(RulingSeries.year).where(RulingSeries.school_id == mine).order_by(RulingSeries.year.desc())
    return [(str(year), str(year)) for year in db.session.scalars(query)]


def signer(actor: Actor, school_id: int) -> Membership | None:
    """The membership by which a manager signs; None for whoever is none."""
    mine = of_role(school_id, Role.MANAGER) if isinstance(actor, Member) else []
    return next((one for one in mine if one.account_id == getattr(actor, "account_id", None)), None)
