"""What of a trainee's internships stands in the way of erasing them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.internships.placements.models import Placement
from training.internships.placements.workflow import LIVE
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l


def stops(trainee_id: int) -> list[str | LazyString]:
    """An internship that is asked for, agreed or going on ends first."""
    query = select(Placement).where(Placement.trainee_id == trainee_id, Placement.state.in_(LIVE)).options(joinedload(Placement.employer))
    return [
        _l("Internship at %(employer)s: %(state)s.", employer=one.employer.short_name, state=one.state.label)
        for one in db.session.scalars(query.order_by(Placement.id))
    ]
