"""A draft stands in the way of erasing its holder, by name, until the school has issued or dropped it."""

import pytest

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment
from tests.factories import actor_of, make_trainee
from training.courses.awards import queries as award_queries
from training.courses.awards import services as awards
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import holding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role
from training.privacy.services import stops_of

pytestmark = pytest.mark.usefixtures("app")


def proposed():
    """Somebody who completed and whose credential waits; the trainee's key, who proposed it, who can confirm it."""
    cohort = make_cohort(state=CohortState.COMPLETED)
    trainee = make_trainee()
    school = cohorts.cohort(SYSTEM, cohort.id).programme_version.programme.school
    teacher, manager = actor_of(school, Role.TEACHER), actor_of(school, Role.MANAGER)
    key = make_enrolment(cohort, trainee, state=State.COMPLETED).id
    award = awards.propose(teacher, enrolments.enrolment(teacher, key))
    return trainee.id, teacher, manager, award.id


def said(trainee_id):
    db.session.rollback()
    return [str(one) for one in holding.stops(trainee_id)]


def test_a_draft_is_named():
    trainee_id, *_others = proposed()

    assert len(said(trainee_id)) == 1
    assert "waits to be confirmed" in said(trainee_id)[0]
    assert said(trainee_id)[0] in [str(one) for one in stops_of(trainee_id)]


def test_once_it_is_issued_the_law_holds_it_instead():
    trainee_id, _teacher, manager, award_id = proposed()

    awards.confirm(manager, award_queries.award(manager, award_id))

    assert said(trainee_id) == []


def test_once_it_is_taken_back_nothing_stands_in_the_way():
    trainee_id, teacher, _manager, award_id = proposed()

    awards.take_back(teacher, award_queries.award(teacher, award_id))

    assert said(trainee_id) == []
