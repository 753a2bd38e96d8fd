"""Offering a job, and what the accepted offer brings about."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.candidates.factories import application, make_application, make_offer, make_vacancy, offer, race, recruiter_of, vacancy
from tests.factories import actor_of, events_of, learner, make_employer, make_trainee
from training.candidates.applications import services as applications
from training.candidates.applications import tasks as application_tasks
from training.candidates.applications.workflow import Rejection
from training.candidates.applications.workflow import State as ApplicationState
from training.candidates.offers import queries, services, tasks
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import Event, Notice, Refusal, State
from training.candidates.vacancies.queries import pool
from training.candidates.vacancies.workflow import Closing
from training.candidates.vacancies.workflow import State as VacancyState
from training.jobs.models import Job
from training.kernel import clock
from training.kernel.db import Contended, NotFound, Stale, db
from training.kernel.money import Money
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.employments.models import Employment
from training.trainees.engagements.models import Engagement, EngagementKind
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


def told(name):
    return db.session.scalars(select(Notification.to_id).where(Notification.name == name)).all()


def accept(found):
    services.accept(learner(found.application.trainee), found)
    return offer(found.id)


class TestSend:
    def test_asks_the_candidate_until_its_day_and_the_application_is_offered(self):
        found = make_offer()

        (turn,) = turns.of(found)

        assert (turn.party_kind, turn.verb, turn.silence, turn.due_at) == ("trainee", "accept", "expire", found.expires_at)
        assert found.application.state is ApplicationState.OFFERED
        assert found.application.answer_by_at == found.expires_at
        assert told(Notice.SENT) == [found.application.trainee.account_id]

    def test_a_second_live_offer_for_one_application_is_refused(self):
        found = make_offer(make_application(make_vacancy(positions=2)))

        with pytest.raises(NotNow, match="not open"):
            make_offer(found.application)

    def test_more_offers_than_free_positions_are_refused(self):
        offered = make_vacancy(positions=1)
        make_offer(make_application(offered))

        with pytest.raises(NotNow, match="offer out"):
            make_offer(make_application(offered))

    def test_is_for_those_who_recruit(self):
        subject = make_application()
        mentor = actor_of(application(subject.id).vacancy.employer, Role.MENTOR)

        with pytest.raises(NotAllowed):
            services.send(
                mentor,
                application(subject.id),
                position="Setter",
                pay=Money.of(1),
                starts_on=clock.today(),
                expires_at=clock.now() + timedelta(days=1),
            )

    def test_with_days_that_are_over_is_refused(self):
        with pytest.raises(NotNow, match="last day to answer"):
            make_offer(expires_at=clock.now() - timedelta(minutes=1))
        with pytest.raises(NotNow, match="first working day"):
            make_offer(starts_on=clock.today() - timedelta(days=2))

    def test_two_at_the_same_moment_never_promise_one_position_twice(self, committing_app):
        offered = make_vacancy(positions=1)
        ids = [make_application(offered).id for _number in range(3)]
        actor = recruiter_of(vacancy(offered.id).employer)
        starts_on, expires_at = clock.today() + timedelta(days=9), clock.now() + timedelta(days=2)

        def send(which):
            found = application(ids[which])
            return services.send(actor, found, position="Setter", pay=Money.of(60_000), starts_on=starts_on, expires_at=expires_at).id

        race(committing_app, 3, send)

        db.session.rollback()
        assert len(db.session.scalars(select(Offer.id).where(Offer.state == State.SENT)).all()) == 1


class TestAccept:
    def test_hires_employs_engages_and_fills_the_position(self):
        found = accept(make_offer(make_application(make_vacancy(positions=2))))
        trainee_id = found.trainee_id

        employment = db.session.scalars(select(Employment).where(Employment.trainee_id == trainee_id)).one()
        engagement = db.session.scalars(select(Engagement).where(Engagement.trainee_id == trainee_id)).one()
        assert (found.state, found.application.state) == (State.ACCEPTED, ApplicationState.HIRED)
        assert (employment.employer_id, employment.began_on) == (found.employer_id, found.starts_on)
        assert (engagement.kind, engagement.from_on) == (EngagementKind.EMPLOYMENT, found.starts_on)
        assert pool(found.application.vacancy_id).filled == 1
        assert found.application.vacancy.state is VacancyState.LIVE
        assert events_of(found) == [Event.SENT, Event.ACCEPTED]

    def test_of_the_last_position_closes_the_vacancy_and_answers_the_others(self):
        offered = make_vacancy(positions=1)
        waiting = make_application(offered)
        accept(make_offer(make_application(offered)))

        job = db.session.scalars(select(Job).where(Job.task == "applications.end_with_vacancy")).one()
        application_tasks.end_with_vacancy(**job.args)

        assert vacancy(offered.id).closing is Closing.FILLED
        assert application(waiting.id).rejection is Rejection.POSITION_FILLED

    def test_ends_the_candidate_s_applications_and_offers_elsewhere(self):
        person = make_trainee()
        elsewhere = make_offer(make_application(trainee=person))
        waiting = make_application(trainee=person)

        accept(make_offer(make_application(trainee=person)))

        assert (offer(elsewhere.id).state, offer(elsewhere.id).refusal) == (State.DECLINED, Refusal.OTHER_WORK)
        for subject_id in (elsewhere.application_id, waiting.id):
            assert application(subject_id).state is ApplicationState.HIRED_ELSEWHERE
        assert len(told("application.hired_elsewhere")) >= 2

    def test_another_vacancy_of_the_same_employer_is_left_alone(self):
        employer, person = make_employer(), make_trainee()
        beside = make_application(make_vacancy(employer), trainee=person)

        accept(make_offer(make_application(make_vacancy(employer), trainee=person)))

        assert application(beside.id).state is ApplicationState.OPEN

    def test_by_somebody_else_is_refused(self):
        with pytest.raises(NotAllowed):
            services.accept(learner(make_trainee()), make_offer())

    def test_too_late_is_refused(self):
        found = make_offer()

        with clock.at(found.expires_at), pytest.raises(NotNow, match="over"):
            accept(found)

    def test_of_two_offers_at_the_same_moment_one_counts(self, committing_app):
        person = make_trainee()
        actor = learner(person)
        ids = [make_offer(make_application(trainee=person)).id for _number in range(2)]

        def take(which):
            try:
                services.accept(actor, queries.offer(actor, ids[which]))
            except Contended:  # the gate asks once more, too
                return take(which)
            except Stale as error:
                return error
            return "accepted"

        results = race(committing_app, 2, take)

        db.session.rollback()
        states = sorted(db.session.scalars(select(Offer.state)).all())
        assert results.count("accepted") == 1
        assert states == [State.ACCEPTED, State.DECLINED]
        assert len(db.session.scalars(select(Employment.id)).all()) == 1


class TestEndsOtherwise:
    def test_declined_with_a_reason_opens_the_application_again(self):
        found = make_offer()
        services.decline(learner(found.application.trainee), found, reason=Refusal.PAY, words="I have more where I am.")

        found = offer(found.id)
        assert (found.state, found.refusal, found.application.state) == (State.DECLINED, Refusal.PAY, ApplicationState.OPEN)
        assert [turn.verb for turn in turns.of(found.application)] == ["move"]
        assert make_offer(found.application).state is State.SENT

    def test_nobody_answers_in_time(self):
        found = make_offer()

        with clock.at(found.expires_at + timedelta(minutes=1)):
            tasks.expire(found.id)

        assert offer(found.id).state is State.EXPIRED
        assert application(found.application_id).state is ApplicationState.OPEN

    def test_an_answered_one_does_not_expire(self):
        found = accept(make_offer())

        with clock.at(found.expires_at + timedelta(minutes=1)):
            tasks.expire(found.id)

        assert offer(found.id).state is State.ACCEPTED

    def test_withdrawn_tells_the_candidate_why(self):
        found = make_offer()
        services.withdraw(recruiter_of(found.employer), found, reason="The order was cancelled.")

        found = offer(found.id)
        assert (found.state, found.words) == (State.WITHDRAWN, "The order was cancelled.")
        assert told(Notice.WITHDRAWN) == [found.application.trainee.account_id]

    def test_is_seen_by_nobody_else(self):
        found = make_offer()

        for stranger in (recruiter_of(make_employer()), learner(make_trainee()), actor_of(offer(found.id).employer, Role.MENTOR)):
            with pytest.raises(NotFound):
                queries.offer(stranger, found.id)

    def test_while_it_is_out_the_application_is_neither_rejected_nor_moved(self):
        found = make_offer()
        actor, subject = recruiter_of(found.employer), application(found.application_id)

        with pytest.raises(NotNow):
            applications.reject(actor, subject, reason=Rejection.PAY)
        with pytest.raises(NotNow):
            applications.move(actor, application(subject.id), stage_id=subject.stage_id)


def test_the_list_asks_as_often_for_four_as_for_one(statements):
    found = make_offer()
    actor, subject_id = recruiter_of(found.employer), found.application_id
    with statements() as few:
        queries.of_application(actor, subject_id)
    for _number in range(3):
        live = next(one for one in queries.of_application(actor, subject_id) if one.state is State.SENT)
        services.withdraw(actor, live, reason="Another one follows.")
        make_offer(application(subject_id))
    db.session.expire_all()
    with statements() as many:
        queries.of_application(actor, subject_id)

    assert len(few) == len(many)
