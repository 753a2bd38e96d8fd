"""From a request to the last day, with places, mentors, profiles and days kept in step."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import (
    acting,
    actor_of,
    events_of,
    learner,
    make_consent,
    make_employer,
    make_member,
    make_minor,
    make_school,
    make_trainee,
)
from tests.internships.factories import loaded, make_opening, make_placement, mentor_of, today
from tests.internships.races import race
from training.internships.openings import queries as openings
from training.internships.openings import services as opening_services
from training.internships.placements import policies, queries, services, tasks
from training.internships.placements.lists import PLACEMENTS
from training.internships.placements.models import MentorLoad, Placement
from training.internships.placements.workflow import Event, State
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.trainees.disclosures import queries as disclosures
from training.trainees.engagements import queries as engagements
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


def student(**given):
    return make_trainee(school_id=make_school().id, **given)


def at_school(placement, *roles):
    return actor_of(placement.school, *(roles or (Role.PLACEMENT_OFFICER,)))


def at_host(placement, *roles):
    return actor_of(placement.employer, *(roles or (Role.MANAGER,)))


def taken(placement: Any) -> int:
    return openings.pool(placement.opening_id).taken


def mentees(placement: Any) -> int:
    return queries.load_of(placement.mentor_id)


def told(name):
    return db.session.scalars(select(Notification.to_id).where(Notification.name == name)).all()


class TestRequest:
    def test_goes_to_the_school_and_the_employer_sees_nothing(self):
        trainee = student()
        opening = make_opening()
        officer = make_member(db.session.get_one(Organisation, trainee.school_id), Role.PLACEMENT_OFFICER)
        manager = actor_of(opening.employer, Role.MANAGER)

        placement = services.request(learner(trainee), openings.opening(learner(trainee), opening.id))

        assert (placement.state, [turn.verb for turn in turns.of(placement)]) == (State.REQUESTED, ["approve"])
        assert told("placement.requested") == [officer.account_id]
        with pytest.raises(NotFound):
            queries.placement(manager, placement.id)
        with pytest.raises(NotFound):
            disclosures.trainee(manager, trainee.id)
        assert events_of(placement) == [Event.REQUESTED]

    def test_needs_a_school_that_answers(self):
        trainee = make_trainee()
        opening = make_opening()

        with pytest.raises(NotNow, match="no school has you"):
            services.request(learner(trainee), openings.opening(learner(trainee), opening.id))

    def test_is_refused_for_days_that_are_spoken_for(self):
        placement = make_placement(state=State.APPROVED)
        other = make_opening(starts_on=placement.starts_on + timedelta(days=10))

        with pytest.raises(NotNow, match="spoken for"):
            services.request(learner(placement.trainee), openings.opening(learner(placement.trainee), other.id))

    def test_is_refused_where_a_hazard_meets_a_minor(self):
        trainee = make_minor(school_id=make_school().id)
        opening = make_opening(hazard="noise")

        with pytest.raises(NotNow, match="not for people under 18"):
            services.request(learner(trainee), openings.opening(learner(trainee), opening.id))

    def test_only_trainees_request(self):
        opening = make_opening()

        with pytest.raises(NotAllowed):
            services.request(actor_of(opening.employer, Role.MANAGER), opening)


class TestApprove:
    def test_opens_the_profile_to_the_employer(self):
        placement = make_placement()
        manager = at_host(placement)

        services.approve(at_school(placement), placement)

        assert queries.placement(manager, placement.id).state is State.APPROVED
        assert disclosures.trainee(manager, placement.trainee_id).id == placement.trainee_id
        assert set(told("placement.approved")) == {manager.account_id, placement.trainee.account_id}

    def test_waits_for_a_guardians_consent(self):
        placement = make_placement(trainee=make_minor(school_id=make_school().id))
        officer = at_school(placement)

        with pytest.raises(NotNow, match="no parent or guardian has agreed"):
            services.approve(officer, placement)
        make_consent(loaded(placement).trainee)
        services.approve(officer, loaded(placement))

        assert loaded(placement).state is State.APPROVED

    def test_is_for_the_trainees_school_alone(self):
        placement = make_placement()

        for actor in (
            actor_of(make_school(), Role.MANAGER),
            at_host(placement),
            learner(placement.trainee),
            at_school(placement, Role.TEACHER),
        ):
            with pytest.raises(NotAllowed):
                services.approve(actor, placement)


class TestAccept:
    def test_names_the_mentor_takes_a_place_and_leaves_a_trace(self):
        placement = make_placement(state=State.APPROVED)
        mentor = make_member(placement.employer, Role.MENTOR)

        services.accept(at_host(placement), placement, mentor=mentor)

        assert (placement.state, placement.mentor_id) == (State.ACCEPTED, mentor.id)
        assert (taken(placement), queries.load_of(mentor.id)) == (1, 1)
        assert mentor.account_id in told("placement.accepted")
        assert events_of(placement) == [Event.ACCEPTED]

    def test_a_mentor_has_no_more_trainees_than_allowed(self):
        placement = make_placement(state=State.APPROVED)
        mentor = make_member(placement.employer, Role.MENTOR, account=None)
        db.session.add(MentorLoad(membership_id=mentor.id, most=3, held=3))
        db.session.commit()

        with pytest.raises(NotNow, match="has 3 trainees already"):
            services.accept(at_host(placement), placement, mentor=mentor)
        assert taken(placement) == 0

    def test_somebody_elses_mentor_will_not_do(self):
        placement = make_placement(state=State.APPROVED)

        with pytest.raises(NotNow, match="your own people"):
            services.accept(at_host(placement), placement, mentor=make_member(make_employer(), Role.MENTOR))

    def test_hours_can_be_shortened_and_never_lengthened(self):
        placement = make_placement(state=State.APPROVED)
        mentor, manager = make_member(placement.employer, Role.MENTOR), at_host(placement)

        with pytest.raises(NotNow, match="not made longer"):
            services.accept(manager, placement, mentor=mentor, daily_hours=9)
        services.accept(manager, loaded(placement), mentor=mentor, daily_hours=7, weekly_hours=35)

        assert (loaded(placement).daily_hours, loaded(placement).weekly_hours) == (7, 35)

    def test_when_all_places_are_taken_it_cannot_be(self):
        placement = make_placement(state=State.APPROVED, opening=make_opening(places=1, taken=1))

        with pytest.raises(NotNow, match="All places"):
            services.accept(at_host(placement), placement, mentor=make_member(placement.employer, Role.MENTOR))


class TestEnds:
    def test_a_refusal_reaches_the_trainee_in_the_same_words_and_closes_the_profile(self):
        placement = make_placement(state=State.APPROVED)
        manager = at_host(placement)

        services.refuse(manager, placement, reason="The shop moves in June.")

        assert (placement.state, placement.reason) == (State.REFUSED, "The shop moves in June.")
        assert placement.trainee.account_id in told("placement.refused")
        with pytest.raises(NotFound):
            queries.placement(manager, placement.id)

    def test_the_employer_cannot_answer_before_the_school(self):
        placement = make_placement()

        with pytest.raises(NotNow, match="school has not answered"):
            services.refuse(at_host(placement), placement, reason="No.")

    def test_a_withdrawal_frees_the_place_and_the_mentor(self):
        placement = make_placement(state=State.ACCEPTED)

        services.withdraw(learner(placement.trainee), placement, reason="I found one in my village.")

        assert (taken(placement), mentees(placement)) == (0, 0)
        assert events_of(placement) == [Event.WITHDRAWN]

    def test_breaking_off_needs_a_reason_and_ends_the_engagement_today(self):
        placement = make_placement(state=State.ACTIVE)
        officer = at_school(placement)

        with pytest.raises(NotNow, match="Say why"):
            services.break_off(officer, placement, reason="")
        services.break_off(officer, loaded(placement), reason="Moved away.")
        placement = loaded(placement)

        assert engagements.of(placement.trainee_id)[0].until_on == clock.today(placement.employer.zone)
        assert (taken(placement), mentees(placement)) == (0, 0)

    def test_cancelling_takes_back_days_that_had_not_begun(self):
        placement = make_placement(state=State.AGREED)

        services.cancel(at_host(placement), placement, reason="The order was cancelled.")

        assert engagements.of(placement.trainee_id) == []

    def test_another_trainee_cannot_withdraw_it(self):
        placement = make_placement()

        with pytest.raises(NotAllowed):
            services.withdraw(learner(make_trainee()), placement, reason="Mine now.")


class TestSilence:
    def test_a_request_that_nobody_answers_lapses(self):
        trainee = student()
        placement = services.request(
            learner(trainee), openings.opening(learner(trainee), make_opening(starts_on=today() + timedelta(days=30)).id)
        )

        tasks.lapse(placement.id)
        assert loaded(placement).state is State.REQUESTED
        with clock.at(clock.now() + timedelta(days=11)):
            tasks.lapse(placement.id)

        assert loaded(placement).state is State.LAPSED

    def test_a_withdrawn_opening_lets_its_requests_lapse_and_keeps_what_was_accepted(self):
        opening = make_opening(places=3)
        waiting, accepted = make_placement(opening=opening), make_placement(opening=opening, state=State.ACCEPTED)
        manager = actor_of(opening.employer, Role.MANAGER)

        opening_services.withdraw(manager, openings.opening(manager, opening.id), reason="Rebuilding.")
        tasks.lapse_all(opening.id)

        assert (loaded(waiting).state, loaded(accepted).state) == (State.LAPSED, State.ACCEPTED)

    def test_it_begins_by_itself_on_its_first_day_and_not_before(self):
        placement = make_placement(state=State.ACCEPTED)
        services.agree(System("tests"), placement)

        manager = at_host(placement)
        with pytest.raises(NotNow, match="not before"):
            services.start(manager, placement)
        with clock.at(clock.now() + timedelta(days=2)):
            tasks.start(placement.id)

        assert loaded(placement).state is State.ACTIVE
        assert {turn.verb for turn in turns.of(placement)} == {"complete", "evaluate"}


class TestVisibility:
    def test_a_mentor_sees_the_own_trainees_alone(self):
        placement = make_placement(state=State.ACTIVE)
        own = acting(mentor_of(placement))
        other = at_host(placement, Role.MENTOR)

        assert queries.placement(own, placement.id).id == placement.id
        with pytest.raises(NotFound):
            queries.placement(other, placement.id)

    def test_a_minor_whose_consent_is_withdrawn_disappears(self):
        placement = make_placement(state=State.APPROVED, trainee=make_minor(school_id=make_school().id))

        with pytest.raises(NotFound):
            queries.placement(at_host(placement), placement.id)

    def test_strangers_see_nothing(self):
        placement = make_placement(state=State.ACTIVE)

        for actor in (actor_of(make_school(), Role.MANAGER), actor_of(make_employer(), Role.MANAGER), learner(make_trainee())):
            assert PLACEMENTS.page(actor, Wanted()).total == 0
            with pytest.raises(NotFound):
                queries.placement(actor, placement.id)


class TestOneTraineeAtTwoPlaces:
    """The guard is `hold(trainee)`, then the look at other placements, then the write."""

    def prepared(self):
        trainee = student()
        ids = [make_opening().id for _one in range(4)]
        return learner(trainee), ids

    def run(self, app, actor, ids):
        def ask(which):
            services.request(actor, openings.opening(actor, ids[which]))
            return True

        found = race(app, 4, ask)
        db.session.rollback()
        return found, db.session.scalars(select(Placement).where(Placement.trainee_id == actor.trainee_id)).all()

    def test_of_four_requests_at_once_one_is_made(self, committing_app):
        actor, ids = self.prepared()

        found, rows = self.run(committing_app, actor, ids)

        assert (sum(one is True for one in found), len(rows)) == (1, 1)

    def test_without_the_look_there_are_four(self, committing_app, monkeypatch):
        actor, ids = self.prepared()
        monkeypatch.setattr(policies, "why_not_overlap", lambda overlapping: [])

        _found, rows = self.run(committing_app, actor, ids)

        assert len(rows) == 4

    def test_without_the_lock_a_pause_between_look_and_write_lets_two_through(self, committing_app, monkeypatch):
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite's writing transaction holds everything from its beginning")
        actor, ids = self.prepared()
        looked = threading.Barrier(4)

        def look(*span, real=queries.overlapping):
            found = real(*span)
            looked.wait(20)
            return found

        monkeypatch.setattr(services, "hold", lambda *owners: None)
        monkeypatch.setattr(queries, "overlapping", look)

        _found, rows = self.run(committing_app, actor, ids)

        assert len(rows) == 4


class TestPlacesUnderARace:
    def test_two_places_take_two_of_five(self, committing_app):
        opening = make_opening(places=2, mentor_limit=10)
        ids = [make_placement(opening=opening, state=State.APPROVED).id for _one in range(5)]
        employer = loaded(db.session.get_one(Placement, ids[0])).employer
        mentor_id = make_member(employer, Role.MENTOR).id
        manager = actor_of(employer, Role.MANAGER)
        db.session.rollback()

        def take(which):
            placement = queries.placement(manager, ids[which])
            free = {one.membership.id: one.membership for one in queries.mentors(placement)}
            services.accept(manager, placement, mentor=free[mentor_id])
            return True

        found = race(committing_app, 5, take)
        db.session.rollback()

        assert sum(one is True for one in found) == 2
        assert (openings.pool(opening.id).taken, queries.load_of(mentor_id)) == (2, 2)


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_the_list_asks_as_often_for_forty_as_for_two(statements, role):
    opening = make_opening(places=100)
    school = make_school()
    for _one in range(2):
        make_placement(opening=opening, trainee=make_trainee(school_id=school.id))
    actor = actor_of(school, role)
    with statements() as few:
        PLACEMENTS.page(actor, Wanted())
    for _one in range(20):
        make_placement(opening=opening, trainee=make_trainee(school_id=school.id))
    with statements() as many:
        rows = PLACEMENTS.page(actor, Wanted()).rows

    assert len(rows) == 22
    assert len(many) == len(few)
