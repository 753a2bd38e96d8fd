"""The skills that a placement is about: those of the trainee's programme, else those that the occupation asks for."""

from collections.abc import Sequence

from training.courses.enrolments.queries import current_of
from training.courses.programmes.queries import skills_of
from training.internships.placements.models import Placement
from training.taxonomy.models import Skill
from training.taxonomy.queries import asked_for


def asked_of(placement: Placement) -> Sequence[tuple[Skill, int]]:
    """The skills, each with the level asked for; load the placement with its opening."""
    enrolment = current_of(placement.trainee_id)
    taught = skills_of(enrolment.cohort.version_id) if enrolment is not None else []
    if taught:
        return taught
    return asked_for(placement.opening.occupation_id) if placement.opening is not None else []
