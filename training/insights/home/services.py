"""What of a home page is kept."""

from sqlalchemy import update

from training.insights.home.first_steps import STEPS
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import System
from training.organisations.models import Organisation


@transaction()
def finish_steps(actor: System) -> None:
    """Organisations that have taken all their first steps are not asked about them again: one statement for each kind."""
    for kind, steps in STEPS.items():
        over = (Organisation.kind == kind, Organisation.first_steps_over_at.is_(None), *(step.taken for step in steps))
        change = update(Organisation).where(*over).values(first_steps_over_at=clock.now())
        db.session.execute(change.execution_options(synchronize_session=False))
