"""Whose move an application is, beside taking a seat that is held."""

from training.courses.cohorts import queries as cohorts
from training.courses.enrolments.workflow import WAITING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import policies, queries
from training.courses.selections.models import Candidacy
from training.courses.selections.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role
from training.kernel.workflow import Party
from training.turns import services as turns


def ask(candidacy: Candidacy) -> None:
    """Before a seat is offered: the school's while something is to be checked or judged, the applicant's while something is missing."""
    db.session.flush()  # the documents are read as they are now
    papers = queries.papers(candidacy.id)
    if candidacy.enrolment.state is EnrolmentState.OFFERED:
        _beside_the_seat(candidacy, any(one.state is State.BROUGHT for one in papers))
        return
    turns.close(candidacy.enrolment)
    if any(one.state is State.BROUGHT for one in papers):
        turns.ask(candidacy.enrolment, Party.SCHOOL, "check", roles=policies.CHECKERS)
    else:
        ask_to_judge(candidacy)
    if any(one.state is State.SENT_BACK or (one.required and one.state is State.MISSING) for one in papers):
        turns.ask(candidacy.enrolment, Party.TRAINEE, "complete")


def _beside_the_seat(candidacy: Candidacy, brought: bool) -> None:
    """While a seat is held it stays the applicant's move to take it; a guardian's paper may come meanwhile, to be checked."""
    turns.answered(candidacy.enrolment, Party.SCHOOL)
    if brought:
        turns.ask(candidacy.enrolment, Party.SCHOOL, "check", roles=policies.CHECKERS)
    else:
        ask_to_judge(candidacy)


def ask_to_judge(candidacy: Candidacy) -> None:
    """The school's while a condition is open, until its day."""
    if candidacy.condition_until_on is not None and candidacy.condition_met is None:
        due = clock.end_of(candidacy.condition_until_on, cohorts.zone_of(candidacy.enrolment.cohort))
        turns.ask(candidacy.enrolment, Party.SCHOOL, "judge", roles=(Role.MANAGER,), due=due)


def judged(candidacy: Candidacy) -> None:
    """The condition is not the school's move any more; what else is open stays."""
    if candidacy.enrolment.state in WAITING:
        ask(candidacy)
    else:
        turns.answered(candidacy.enrolment, Party.SCHOOL)
