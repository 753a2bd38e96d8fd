"""Who reads which gradebook."""

from training.courses.cohorts import policies as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.kernel.policy import Actor, Learner, Member


def can_show(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return cohorts.can_see(actor, cohort)


def can_take(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return can_show(actor, cohort)


def can_see_person(actor: Actor, enrolment: Enrolment) -> bool:
    """The people of the school."""
    return isinstance(actor, Member) and actor.organisation_id == enrolment.school_id


def can_see_own(actor: Actor, subject: object = None) -> bool:
    """Trainees, their own."""
    return isinstance(actor, Learner)
