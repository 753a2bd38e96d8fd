"""Finding purchases of seats."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.queries import Standing, current
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import visible_to
from training.courses.purchases.workflow import State
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, OrganisationKind, Role
from training.kernel.prepared import by_key


def _whole(query: Select[SeatPurchase]) -> Select[SeatPurchase]:
    cohort = joinedload(SeatPurchase.cohort)
    return query.options(
        cohort.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
        cohort.joinedload(Cohort.site),
        joinedload(SeatPurchase.employer),
        joinedload(SeatPurchase.pool),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), SeatPurchase.id)


def purchase(actor: Actor, purchase_id: int) -> SeatPurchase:
    """One purchase with its employer, cohort, programme, school and seats: one statement."""
    return _BY_ID.one(actor, key=purchase_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, SeatPurchase]:
    """Those purchases of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(SeatPurchase.id.in_(ids)))


def seats_of(purchase: SeatPurchase) -> SeatPool | None:
    """The seats of a purchase as they are now."""
    return db.session.get(SeatPool, purchase.pool_id, populate_existing=True) if purchase.pool_id is not None else None


def standing(cohort_id: int) -> Sequence[SeatPurchase]:
    """What employers asked for or bought of a cohort and have not given back, oldest first."""
    query = select(SeatPurchase).where(SeatPurchase.cohort_id == cohort_id, SeatPurchase.state.in_([State.ASKED, State.AGREED]))
    return db.session.scalars(query.order_by(SeatPurchase.id)).all()


def for_cohort(actor: Actor, cohort: Cohort) -> Sequence[SeatPurchase]:
    """What the actor may see of what employers asked for or bought of a cohort, newest first."""
    query = visible_to(actor).where(SeatPurchase.cohort_id == cohort.id)
    loaded = query.options(joinedload(SeatPurchase.employer), joinedload(SeatPurchase.pool))
    return db.session.scalars(loaded.order_by(SeatPurchase.id.desc()).limit(100)).all()


def asked_before(actor: Actor, cohort: Cohort) -> int | None:
    """The actor's own request for seats of a cohort that is not answered yet."""
    query = visible_to(actor).where(SeatPurchase.cohort_id == cohort.id, SeatPurchase.state == State.ASKED)
    return db.session.scalar(query.with_only_columns(func.max(SeatPurchase.id)))


def led(account_id: int) -> Sequence[Standing]:
    """The employers that somebody manages, by name."""
    return [one for one in current(account_id) if one.kind is OrganisationKind.EMPLOYER and one.role is Role.MANAGER]
