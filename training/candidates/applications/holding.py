"""What of a trainee's applications stands in the way of erasing them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l


def stops(trainee_id: int) -> list[str | LazyString]:
    """An application that is not over is withdrawn first."""
    query = select(Application).where(Application.trainee_id == trainee_id, Application.state.in_([State.OPEN, State.OFFERED]))
    return [
        _l("Application for “%(vacancy)s”: %(state)s.", vacancy=one.vacancy.title, state=one.known_state.label)
        for one in db.session.scalars(query.options(joinedload(Application.vacancy)).order_by(Application.id))
    ]
