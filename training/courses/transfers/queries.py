"""Finding transfers, and the cohorts of other schools that somebody can ask for."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.policies import visible_to as cohorts_visible_to
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED as SEATS
from training.courses.enrolments.workflow import STUDYING, WAITING
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.courses.rulings.policies import TAKES_IN
from training.courses.transfers.models import Transfer
from training.courses.transfers.policies import visible_to
from training.courses.transfers.workflow import OPEN, State
from training.kernel import keys
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.trainees.consents import queries as consents
from training.trainees.consents.models import Consent

MOST = 30
"""Cohorts that somebody chooses from at once; words narrow them."""
AT_ONCE = 200
_PROGRAMME = joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
_WHOLE = (
    joinedload(Transfer.sending),
    joinedload(Transfer.receiving),
    joinedload(Transfer.pool),
    joinedload(Transfer.cohort).options(_PROGRAMME, joinedload(Cohort.site)),
    joinedload(Transfer.enrolment).options(
        joinedload(Enrolment.trainee), joinedload(Enrolment.pool), joinedload(Enrolment.cohort).options(_PROGRAMME)
    ),
)
_BY_ID = by_key(visible_to, Transfer.id, *_WHOLE)


def transfer(actor: Actor, transfer_id: int) -> Transfer:
    """One transfer with the trainee, both schools, cohorts and programmes: one statement."""
    return _BY_ID.one(actor, key=transfer_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Transfer]:
    """Those transfers of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Transfer.id.in_(ids)).options(*_WHOLE))


def open_of(enrolment_id: int) -> Transfer | None:
    """The transfer of an enrolment that is not over, with the school asked."""
    query = select(Transfer).where(Transfer.enrolment_id == enrolment_id, Transfer.state.in_(OPEN))
    return db.session.scalars(query.options(joinedload(Transfer.receiving))).one_or_none()


def of_enrolment(actor: Actor, enrolment_id: int) -> Sequence[Transfer]:
    """What was asked for in one enrolment, the newest first, with the schools asked and their cohorts."""
    query = visible_to(actor).where(Transfer.enrolment_id == enrolment_id)
    query = query.options(joinedload(Transfer.receiving), joinedload(Transfer.cohort).options(_PROGRAMME))
    return db.session.scalars(query.order_by(Transfer.id.desc()).limit(20)).all()


def consent(transfer: Transfer) -> Consent | None:
    """The guardian's consent that a minor's transfer waits for; of age nobody is asked."""
    if not transfer.enrolment.trainee.is_minor():
        return None
    return consents.about(transfer.__tablename__, transfer.id)


def is_standing(trainee_id: int, cohort_id: int) -> bool:
    """Whether somebody has a seat in a cohort or waits for one there."""
    there = (Enrolment.trainee_id == trainee_id, Enrolment.cohort_id == cohort_id, Enrolment.state.in_((*WAITING, *SEATS)))
    return bool(db.session.scalar(select(exists().where(*there))))


def pool(cohort_id: int, funding: Funding) -> SeatPool | None:
    """The seats of a cohort that one purse pays for, as they are now."""
    query = select(SeatPool).where(SeatPool.cohort_id == cohort_id, SeatPool.funding == funding, SeatPool.employer_id.is_(None))
    return db.session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def aims(actor: Actor, enrolment: Enrolment, *, words: str, today: date) -> Sequence[Cohort]:
    """The cohorts of published programmes of other schools that can still be joined: those for the same work first, then the nearest start.

    With programmes, schools and seats: two statements.
    """
    mine, school = enrolment.cohort.programme_version.programme, aliased(Organisation)
    query = (
        cohorts_visible_to(actor)
        .join(Cohort.programme_version)
        .join(ProgrammeVersion.programme)
        .join(school, school.id == Programme.school_id)
        .where(
            Cohort.school_id != enrolment.school_id,
            Cohort.state.in_(TAKES_IN),
            Cohort.joins_until_on >= today,
            ProgrammeVersion.state == VersionState.PUBLISHED,
        )
        .options(
            contains_eager(Cohort.programme_version)
            .contains_eager(ProgrammeVersion.programme)
            .contains_eager(Programme.school.of_type(school)),
            selectinload(Cohort.all_pools),
        )
    )
    for word in keys.sort_key(words).split():
        query = query.where(
            or_(
                Programme.title_key.contains(word, autoescape=True),
                Programme.code.startswith(word, autoescape=True),
                school.name_key.contains(word, autoescape=True),
            )
        )
    same = [(Programme.code == mine.code).desc()]
    if mine.occupation_id is not None:
        same.insert(0, (Programme.occupation_id.is_not_distinct_from(mine.occupation_id)).desc())
    return db.session.scalars(query.order_by(*same, Cohort.starts_on, Cohort.id).limit(MOST)).all()


def due(today: date) -> Sequence[int]:
    """The keys of the transfers that both schools agreed on and whose day has come, the oldest first."""
    query = select(Transfer.id).where(Transfer.state == State.CONFIRMED, Transfer.from_on <= today)
    return db.session.scalars(query.order_by(Transfer.from_on, Transfer.id).limit(AT_ONCE)).all()


def stranded(today: date) -> Sequence[int]:
    """The keys of open transfers whose trainee studies no more, or whose cohort cannot be joined any more."""
    query = (
        select(Transfer.id)
        .join(Transfer.enrolment)
        .join(Cohort, Cohort.id == Transfer.cohort_id)
        .where(Transfer.state.in_(OPEN))
        .where(
            or_(
                Enrolment.state.not_in(STUDYING),
                Cohort.state.not_in(TAKES_IN),
                (Transfer.state == State.ASKED) & (Cohort.joins_until_on < today),
            )
        )
    )
    return db.session.scalars(query.order_by(Transfer.id).limit(AT_ONCE)).all()
