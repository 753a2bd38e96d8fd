"""Who may see which trainee."""

from typing import Any

import pytest

from tests.client import Browser
from tests.factories import (
    actor_of,
    events_of,
    learner,
    make_consent,
    make_employer,
    make_member,
    make_minor,
    make_organisation,
    make_school,
    make_trainee,
)
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Actor, OrganisationKind, Role
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.consents.workflow import State
from training.trainees.disclosures import queries, services
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Visibility


@transaction()
def disclose(actor: Actor, trainee: Trainee, *, to: Organisation) -> None:
    services.disclose(actor, trainee, Because.APPLICATION, trainee, to=to.id)


@transaction()
def withdraw(actor: Actor, trainee: Trainee) -> None:
    services.withdraw(actor, trainee, Because.APPLICATION, trainee)


def sees(actor: Actor, trainee: Trainee) -> bool:
    db.session.rollback()
    try:
        return queries.trainee(actor, trainee.id) is not None
    except NotFound:
        return False


def recruiter(**given: Any) -> Actor:
    return actor_of(make_employer(**given), Role.RECRUITER)


def test_a_school_sees_its_own_trainees_only(app):
    school = make_school()
    mine, other = make_trainee(school_id=school.id), make_trainee(school_id=make_school().id)
    actor = actor_of(school, Role.TEACHER)

    assert sees(actor, mine)
    assert not sees(actor, other)


def test_an_employer_sees_nobody_without_a_disclosure(app):
    trainee = make_trainee(visibility=Visibility.SCHOOL)

    assert not sees(recruiter(), trainee)


def test_a_disclosure_opens_the_profile_to_one_employer_and_its_end_closes_it(app):
    employer = make_employer()
    trainee = make_trainee()
    actor, other = actor_of(employer, Role.RECRUITER), recruiter()

    disclose(learner(trainee), trainee, to=employer)
    assert sees(actor, trainee)
    assert not sees(other, trainee)

    withdraw(learner(trainee), trainee)
    assert not sees(actor, trainee)


@pytest.mark.parametrize(
    ("state", "seen"), [(None, False), (State.ASKED, False), (State.REFUSED, False), (State.WITHDRAWN, False), (State.GIVEN, True)]
)
def test_a_minor_is_seen_only_while_a_guardian_agrees(app, state, seen):
    employer = make_employer()
    trainee = make_minor()
    if state is not None:
        make_consent(trainee, state)

    disclose(learner(trainee), trainee, to=employer)

    assert sees(actor_of(employer, Role.RECRUITER), trainee) is seen


def test_all_verified_employers_see_whoever_chose_so_until_they_choose_otherwise(app):
    trainee = make_trainee()
    actor = recruiter()

    services.choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)
    assert sees(actor, trainee)

    services.choose_visibility(learner(trainee), trainee, visibility=Visibility.SCHOOL)
    assert not sees(actor, trainee)


def test_an_employer_that_is_not_verified_sees_none_of_those_who_let_verified_ones_find_them(app):
    trainee = make_trainee()
    services.choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)

    assert not sees(recruiter(state=OrganisationState.PENDING), trainee)
    assert not sees(recruiter(state=OrganisationState.SUSPENDED), trainee)


def test_an_authority_and_another_trainee_see_nobody(app):
    trainee = make_trainee()
    authority = make_organisation(OrganisationKind.AUTHORITY)

    assert not sees(actor_of(authority, Role.COORDINATOR), trainee)
    assert not sees(learner(make_trainee()), trainee)
    assert sees(learner(trainee), trainee)


def test_a_look_at_a_minor_s_card_leaves_one_row_a_viewer_and_day(client):
    employer, school = make_employer(), make_school()
    trainee = make_minor(school_id=school.id)
    make_consent(trainee)
    disclose(learner(trainee), trainee, to=employer)
    recruiter, teacher = make_member(employer, Role.RECRUITER), make_member(school, Role.TEACHER)
    before = len(events_of(trainee))

    for _ in range(3):
        assert Browser(client.app).sign_in(recruiter.account).get(f"/o/{employer.slug}/trainees/{trainee.id}").status == 200
    assert Browser(client.app).sign_in(teacher.account).get(f"/o/{school.slug}/trainees/{trainee.id}").status == 200

    assert events_of(trainee)[before:] == ["trainee.viewed"], "the trainee's own school leaves none"
