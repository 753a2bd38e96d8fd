"""Moving a cohort to a newer version of its programme: when it can be, and who is told."""

import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_version
from tests.factories import actor_of, events_of, make_member
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import Event
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import renewing
from training.courses.enrolments.workflow import Notice, State
from training.courses.programmes import queries as programmes
from training.courses.programmes.workflow import State as VersionState
from training.jobs.worker import run_due
from training.kernel.db import Stale, db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification


class Renewed:
    """A cohort of the first version of a programme, whose second is published."""

    def __init__(self, state=CohortState.OPEN):
        programme = make_programme()
        first = make_version(programme, state=VersionState.RETIRED)
        self.second_id = make_version(programme, number=2, modules={"PM.01": 70, "PM.02": 40}).id
        self.school = programme.school
        self.key = make_cohort(first, state=state).id
        self.manager = actor_of(self.school, Role.MANAGER)

    @property
    def cohort(self):
        db.session.rollback()
        db.session.expire_all()
        return cohorts.cohort(SYSTEM, self.key)

    @property
    def second(self):
        return programmes.version(SYSTEM, self.second_id)

    def renew(self, actor=None, *, to=None):
        cohort = self.cohort
        renewing.renew(actor or self.manager, cohort, version=cohort.version, to=to or self.second)


def told():
    query = select(Notification.subject_id).where(Notification.name == Notice.RENEWED)
    return set(db.session.scalars(query))


@pytest.mark.usefixtures("app")
class TestRenew:
    @pytest.mark.parametrize("state", [CohortState.PLANNED, CohortState.OPEN])
    def test_a_cohort_moves_with_everybody_in_it_who_is_told(self, state):
        one = Renewed(state)
        inside = [make_enrolment(one.cohort, state=each).id for each in (State.ENROLLED, State.WAITLISTED, State.OFFERED)]
        make_enrolment(one.cohort, state=State.WITHDRAWN)

        one.renew()
        run_due()

        assert (one.cohort.version_id, events_of(one.cohort)) == (one.second_id, [Event.RENEWED])
        assert told() == set(inside)

    @pytest.mark.parametrize("state", [CohortState.CLOSED, CohortState.RUNNING, CohortState.COMPLETED, CohortState.CANCELLED])
    def test_not_once_applications_are_closed(self, state):
        one = Renewed(state)

        with pytest.raises(NotNow):
            one.renew()

    def test_not_when_somebody_has_completed_it(self):
        one = Renewed()
        make_enrolment(one.cohort, state=State.COMPLETED)

        with pytest.raises(NotNow):
            one.renew()

    def test_not_to_another_programme_or_an_older_version(self):
        one = Renewed()
        one.renew()

        for other in (make_version(make_programme(one.school)), programmes.version(SYSTEM, one.second_id)):
            with pytest.raises(NotNow):
                one.renew(to=other)

    def test_not_to_a_draft(self):
        one = Renewed()
        draft = make_version(one.second.programme, state=VersionState.DRAFT, number=3)

        with pytest.raises(NotNow):
            one.renew(to=draft)

    def test_only_managers_of_the_school_do(self):
        one = Renewed()

        for actor in (actor_of(one.school, Role.TEACHER), Renewed().manager):
            with pytest.raises(NotAllowed):
                one.renew(actor)

    def test_not_what_somebody_else_has_changed_meanwhile(self):
        one = Renewed()

        with pytest.raises(Stale):
            renewing.renew(one.manager, one.cohort, version=one.cohort.version - 1, to=one.second)


class TestPages:
    def test_the_manager_sees_what_changes_and_moves_it(self, client):
        one = Renewed()
        client.sign_in(make_member(one.school, Role.MANAGER).account)
        base = f"/o/{one.school.slug}/cohorts/{one.key}"
        assert "Version 2 of the programme is published" in client.get(base).words

        page = client.get(f"{base}/version")
        assert ("100 110" in page.words, "Nobody is in it yet." in page.words) == (True, True)
        moved = client.submit(f"{base}/version", follow=True)

        assert "The cohort studies the newer version now." in moved.words
        again = client.get(f"{base}/version")
        assert ("It stays with version 2" in again.words, "Version 2 of the programme is published" in moved.words) == (True, False)

    def test_a_cohort_that_runs_keeps_its_version(self, client):
        one = Renewed(CohortState.RUNNING)
        client.sign_in(make_member(one.school, Role.MANAGER).account)

        page = client.get(f"/o/{one.school.slug}/cohorts/{one.key}/version")

        assert "It stays with version 1" in page.words
