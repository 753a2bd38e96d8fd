"""Finding cohorts and their seats."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.policies import visible_to
from training.courses.cohorts.workflow import Funding, State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.db import by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.taxonomy.models import ProgrammeCode

PROGRAMME = joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)


_WHOLE = (PROGRAMME.joinedload(Programme.school), joinedload(Cohort.site), joinedload(Cohort.all_pools))


_BY_ID = by_key(visible_to, Cohort.id, *_WHOLE)


def cohort(actor: Actor, cohort_id: int) -> Cohort:
    """One cohort with its programme, school, site and seats: one statement."""
    return _BY_ID.one(actor, key=cohort_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Cohort]:
    """Those cohorts of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Cohort.id.in_(ids)).options(*_WHOLE))


def offered_for(actor: Actor, version_ids: Collection[int]) -> Sequence[Cohort]:
    """The cohorts of some versions that one can apply for or that will open, the nearest start first, with their seats."""
    query = visible_to(actor).where(Cohort.version_id.in_(version_ids), Cohort.state.in_([State.PLANNED, State.OPEN, State.CLOSED]))
    query = query.options(selectinload(Cohort.all_pools), joinedload(Cohort.site))
    return db.session.scalars(query.order_by(Cohort.state != State.OPEN, Cohort.starts_on, Cohort.id)).all()


_POOLS = select(SeatPool).where(SeatPool.cohort_id == bindparam("cohort"), SeatPool.employer_id.is_(None)).order_by(SeatPool.id)
"""Asked by everybody who applies, so it is built once."""


def pools_of(cohort_id: int) -> Sequence[SeatPool]:
    """The seat pools of a cohort that anybody can apply for, as they are now."""
    return db.session.scalars(_POOLS, {"cohort": cohort_id}, execution_options={"populate_existing": True}).all()


def code_of(version_id: int) -> ProgrammeCode | None:
    """What the list says of the code of a version's programme: one statement."""
    code = and_(ProgrammeCode.system == Programme.code_system, ProgrammeCode.code == Programme.code)
    query = select(ProgrammeCode).join(Programme, code).join(ProgrammeVersion, ProgrammeVersion.programme_id == Programme.id)
    return db.session.scalars(query.where(ProgrammeVersion.id == version_id)).one_or_none()


def planned_from_the_state(cohort: Cohort) -> tuple[str, int]:
    """The code of a cohort's programme, and how many of its seats the state pays for."""
    query = select(Programme.code, func.coalesce(func.sum(SeatPool.seats), 0)).join(
        ProgrammeVersion, ProgrammeVersion.programme_id == Programme.id
    )
    query = query.join(Cohort, Cohort.version_id == ProgrammeVersion.id)
    query = query.outerjoin(SeatPool, and_(SeatPool.cohort_id == Cohort.id, SeatPool.funding == Funding.STATE))
    code, seats = db.session.execute(query.where(Cohort.id == cohort.id).group_by(Programme.code)).one()
    return code, seats


def zone_of(cohort: Cohort) -> str:
    """The zone of a cohort's school: days end there. Asked again within a request it costs nothing."""
    return db.session.get_one(Organisation, cohort.school_id).zone


def due(state: State, until: date) -> Sequence[tuple[Cohort, str]]:
    """The cohorts of a state whose next day may have come by `until`, with the zones of their schools, at most 500."""
    day = {State.PLANNED: Cohort.opens_on, State.OPEN: Cohort.closes_on, State.CLOSED: Cohort.starts_on, State.RUNNING: Cohort.ends_on}[
        state
    ]
    query = select(Cohort, Organisation.zone).join(Organisation, Organisation.id == Cohort.school_id)
    rows = db.session.execute(query.where(Cohort.state == state, day <= until).order_by(day.desc(), Cohort.id).limit(500))
    return [(cohort, zone) for cohort, zone in rows]
