"""What of the seats kept for somebody stands in the way of erasing them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import State
from training.courses.purchases.models import SeatPurchase
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l


def stops(trainee_id: int) -> list[str | LazyString]:
    """A nomination is answered first; what came of one that was accepted is an enrolment's to say."""
    query = select(Allocation).where(Allocation.trainee_id == trainee_id, Allocation.state == State.ALLOCATED)
    loaded = query.options(joinedload(Allocation.purchase).joinedload(SeatPurchase.employer))
    return [
        _l("Nomination by %(employer)s: answer it first.", employer=one.purchase.employer.short_name)
        for one in db.session.scalars(loaded.order_by(Allocation.id))
    ]
