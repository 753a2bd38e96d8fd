"""What of a trainee's study stands in the way of erasing them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l

GOING_ON = (State.APPLIED, State.WAITLISTED, State.OFFERED, State.ENROLLED, State.ON_LEAVE)


def stops(trainee_id: int) -> list[str | LazyString]:
    """A seat, or a place in a queue, is given up or studied to its end first."""
    whole = joinedload(Enrolment.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    query = select(Enrolment).where(Enrolment.trainee_id == trainee_id, Enrolment.state.in_(GOING_ON))
    found = db.session.scalars(query.options(whole.joinedload(Programme.school)).order_by(Enrolment.id)).all()
    return [
        _l(
            "%(state)s: %(programme)s, %(school)s.",
            state=one.state.label,
            programme=one.cohort.programme_version.programme.title,
            school=one.cohort.programme_version.programme.school.short_name,
        )
        for one in found
    ]
