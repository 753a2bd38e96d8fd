"""Finding the trainees that one may see."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.policies import visible_to
from training.trainees.profiles.models import Trainee


def trainee(actor: Actor, trainee_id: int) -> Trainee:
    """One trainee whom the actor may see, with the school."""
    found = db.session.scalars(visible_to(actor).where(Trainee.id == trainee_id).options(joinedload(Trainee.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def of(trainee: Trainee) -> Sequence[Disclosure]:
    """To whom a trainee is or was disclosed, newest first."""
    return db.session.scalars(select(Disclosure).where(Disclosure.trainee_id == trainee.id).order_by(Disclosure.id.desc())).all()
