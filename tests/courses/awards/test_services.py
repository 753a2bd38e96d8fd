"""Proposing credentials, the second person, and issuing many."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_cohort, make_credential, make_enrolment
from tests.factories import actor_of, events_of, learner, make_school
from training.courses.awards import queries, services
from training.courses.awards.models import Award
from training.courses.awards.workflow import Event, Notice, State
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import queries as credentials
from training.courses.credentials import services as issuing
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State as CredentialState
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.revocations import services as revocations
from training.jobs import worker
from training.kernel.db import NotFound, db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.turns.models import OpenTurn

pytestmark = pytest.mark.usefixtures("app")


def told(name):
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == name.value)))


def fresh(award):
    db.session.rollback()
    db.session.expire_all()
    return queries.award(SYSTEM, award.id)


class School:
    """A cohort of which some have completed, a teacher who proposes and two managers."""

    def __init__(self, people=1):
        self.cohort = make_cohort(state=CohortState.COMPLETED)
        self.school = self.cohort.programme_version.programme.school
        self.done = [make_enrolment(self.cohort, state=EnrolmentState.COMPLETED) for _ in range(people)]
        self.teacher, self.manager = actor_of(self.school, Role.TEACHER), actor_of(self.school, Role.MANAGER)

    def drafts(self):
        return list(db.session.scalars(select(Credential).where(Credential.school_id == self.school.id).order_by(Credential.id)))


class TestPropose:
    def test_makes_a_draft_that_nobody_outside_sees_and_asks_the_managers(self):
        here = School()

        award = services.propose(here.teacher, here.done[0])

        [draft] = here.drafts()
        assert (draft.state, draft.number, award.state) == (CredentialState.DRAFT, None, State.PROPOSED)
        assert told(Notice.PROPOSED) == [here.manager.account_id]
        assert db.session.scalars(select(OpenTurn.verb).where(OpenTurn.subject_kind == "award")).all() == ["confirm"]
        for seek in (
            lambda: credentials.public(SYSTEM, draft.slug),
            lambda: credentials.credential(learner(here.done[0].trainee), draft.id),
            lambda: credentials.credential(actor_of(make_school(), Role.MANAGER), draft.id),
        ):
            with pytest.raises(NotFound):
                seek()
        assert credentials.of_enrolments([here.done[0].id]) == {}

    def test_only_after_completion_and_once(self):
        here = School()
        studying = make_enrolment(here.cohort)
        services.propose(here.teacher, here.done[0])

        with pytest.raises(NotNow):
            services.propose(here.teacher, here.done[0])
        with pytest.raises(NotNow):
            services.propose(here.teacher, studying)

    def test_needs_somebody_else_who_may_confirm(self):
        here = School()

        with pytest.raises(NotNow, match="Nobody else"):
            services.propose(here.manager, here.done[0])

    def test_is_for_the_schools_own_people(self):
        here = School()

        for stranger in (actor_of(make_school(), Role.MANAGER), actor_of(here.school, Role.PLACEMENT_OFFICER)):
            with pytest.raises(NotAllowed):
                services.propose(stranger, here.done[0])

    def test_a_whole_cohort_leaves_out_whoever_has_or_had_one(self):
        here = School(people=3)
        make_enrolment(here.cohort, state=EnrolmentState.EXPELLED)
        make_credential(here.done[0])

        award = services.propose_all(here.teacher, here.cohort)

        assert award.people == 2
        with pytest.raises(NotNow, match="lacks a credential"):
            services.propose_all(here.teacher, here.cohort)

    def test_again_after_one_was_revoked(self):
        here = School()
        credential = make_credential(here.done[0])
        issuing.revoke(here.manager, credential, reason="Wrong hours")

        services.propose(here.teacher, here.done[0])

        assert [one.state for one in here.drafts()] == [CredentialState.REVOKED, CredentialState.DRAFT]


class TestConfirm:
    def test_by_a_second_person_issues_a_few_at_once(self):
        here = School(people=2)
        award = services.propose_all(here.teacher, here.cohort)

        services.confirm(here.manager, award)

        assert [one.number[-4:] for one in here.drafts()] == ["0001", "0002"]
        assert (fresh(award).state, fresh(award).done) == (State.DONE, 2)
        assert events_of(award) == [Event.PROPOSED, Event.CONFIRMED, Event.DONE]
        assert told(Notice.DONE) == [here.teacher.account_id]

    def test_never_by_whoever_proposed(self):
        here = School()
        second = actor_of(here.school, Role.MANAGER)
        award = services.propose(second, here.done[0])

        with pytest.raises(NotNow, match="another manager"):
            services.confirm(second, award)
        with pytest.raises(NotAllowed):
            services.confirm(here.teacher, fresh(award))
        same = update(Award).where(Award.id == award.id).values(state=State.ISSUING, confirmed_by_id=second.account_id)
        with pytest.raises(DBAPIError):
            db.session.execute(same.execution_options(synchronize_session=False))

    def test_many_are_issued_in_the_background_which_goes_on_where_it_stopped(self):
        here = School(people=services.BATCH + 2)
        award = services.propose_all(here.teacher, here.cohort)

        services.confirm(here.manager, award)
        assert (fresh(award).state, award.done) == (State.ISSUING, 0)
        services.issue_some(SYSTEM, fresh(award))
        assert (fresh(award).state, fresh(award).done) == (State.ISSUING, services.BATCH)
        worker.run_due()

        assert (fresh(award).state, fresh(award).done) == (State.DONE, services.BATCH + 2)
        assert [int(one.number[-4:]) for one in here.drafts()] == list(range(1, services.BATCH + 3))


class TestUndo:
    def test_turned_down_drops_the_drafts_and_says_why(self):
        here = School()
        award = services.propose(here.teacher, here.done[0])

        services.turn_down(here.manager, award, reason="The name is wrong")

        assert [one.state for one in here.drafts()] == [CredentialState.DROPPED]
        assert (fresh(award).state, fresh(award).reason) == (State.TURNED_DOWN, "The name is wrong")
        assert told(Notice.TURNED_DOWN) == [here.teacher.account_id]
        services.propose(here.teacher, here.done[0])

    def test_is_taken_back_by_whoever_proposed_and_nobody_else(self):
        here = School()
        award = services.propose(here.teacher, here.done[0])

        with pytest.raises(NotAllowed):
            services.take_back(here.manager, award)
        services.take_back(here.teacher, fresh(award))

        assert [one.state for one in here.drafts()] == [CredentialState.DROPPED]
        with pytest.raises(NotNow):
            services.confirm(here.manager, fresh(award))


def test_a_proposal_to_revoke_needs_a_credential_that_was_issued():
    here = School()
    services.propose(here.teacher, here.done[0])
    [draft] = here.drafts()

    with pytest.raises(NotNow):
        revocations.propose(here.teacher, draft, reason="No")
