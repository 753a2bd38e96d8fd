"""Applying, moving through the stages, and the ways an application ends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.candidates.factories import application, make_application, make_vacancy, race, recruiter_of, show_skill, skills_of, vacancy
from tests.factories import actor_of, events_of, learner, make_consent, make_employer, make_minor, make_school, make_trainee
from training.accounts.workflow import Purpose
from training.candidates.applications import queries, services, tasks
from training.candidates.applications.lists import APPLICATIONS
from training.candidates.applications.models import GRACE, Application
from training.candidates.applications.workflow import Event, Notice, Rejection, State, Withdrawal
from training.candidates.vacancies import services as vacancies
from training.candidates.vacancies.queries import stages
from training.jobs.models import Job
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import Bearer, NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.trainees.consents import queries as consent_queries
from training.trainees.consents import services as consents
from training.trainees.disclosures import queries as disclosures
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


def told(name):
    return db.session.scalars(select(Notification.to_id).where(Notification.name == name)).all()


def house(found):
    return recruiter_of(application(found.id).vacancy.employer)


def reject(found, reason=Rejection.SKILLS, words=None):
    services.reject(house(found), found, reason=reason, words=words)
    return application(found.id)


def run_job(task):
    job = db.session.scalars(select(Job).where(Job.task == task).order_by(Job.id.desc()).limit(1)).one()
    run: Any = {"applications.tell_rejection": tasks.tell_rejection, "applications.end_with_vacancy": tasks.end_with_vacancy}[task]
    run(**job.args)


class TestApply:
    def test_comes_to_the_first_stage_and_opens_the_profile_to_that_employer_only(self):
        found = make_application()
        others = recruiter_of(make_employer())

        assert (found.state, found.stage.position) == (State.OPEN, 0)
        assert disclosures.trainee(house(found), found.trainee_id).id == found.trainee_id
        with pytest.raises(NotFound):
            disclosures.trainee(others, found.trainee_id)
        with pytest.raises(NotFound):
            queries.application(others, found.id)
        assert events_of(found) == [Event.APPLIED]

    def test_is_told_to_those_who_recruit_and_waits_for_them(self):
        found = make_application()

        (turn,) = turns.of(found)

        assert told(Notice.APPLIED)
        assert (turn.party_kind, turn.party_id, turn.silence) == ("organisation", found.employer_id, "lapse")

    def test_twice_for_one_vacancy_is_refused(self):
        found = make_application()

        with pytest.raises(NotNow, match="already"):
            make_application(vacancy(found.vacancy_id), trainee=application(found.id).trainee)

    def test_sent_twice_at_the_same_moment_is_one(self, committing_app):
        person, offered = make_trainee(), make_vacancy()
        person_id, offered_id, actor = person.id, offered.id, learner(person)

        def send(_which):
            trainee = disclosures.trainee(actor, person_id)
            return services.apply(actor, queries.vacancy_of(offered_id), trainee=trainee)

        results = race(committing_app, 5, send)

        assert sum(isinstance(result, Application) for result in results) == 1

    def test_of_a_minor_waits_for_the_guardian_s_consent(self):
        minor, offered = make_minor(), make_vacancy()

        with pytest.raises(NotNow, match="guardian"):
            make_application(offered, trainee=minor)
        make_consent(minor)

        assert make_application(offered, trainee=minor).state is State.OPEN

    def test_is_over_when_the_vacancy_is_paused(self):
        offered = make_vacancy()
        vacancies.pause(recruiter_of(offered.employer), offered)

        with pytest.raises(NotNow, match="no applications"):
            make_application(offered)

    def test_a_minor_whose_consent_is_withdrawn_is_gone_from_the_board(self):
        minor = make_minor()
        consent = make_consent(minor)
        found = make_application(trainee=minor)
        actor = house(found)
        seen = queries.board(actor, vacancy(found.vacancy_id))
        assert [card.row.id for card in seen.columns[0].cards] == [found.id]

        withdraw_consent(consent)

        assert queries.board(actor, vacancy(found.vacancy_id)).columns[0].cards == []
        with pytest.raises(NotFound):
            queries.application(actor, found.id)


def withdraw_consent(consent):
    consents.withdraw(Bearer(1, Purpose.CONSENT, consent.id), consent_queries.consent(System("tests"), consent.id))


class TestMove:
    def test_puts_the_candidate_into_another_stage_and_counts_the_silence_anew(self):
        found = make_application()
        second = stages(found.vacancy_id)[1]
        with clock.at(clock.now() + timedelta(days=20)):
            services.move(house(found), found, stage_id=second.id)

        (turn,) = turns.of(found)
        assert application(found.id).stage_id == second.id
        assert turn.due_at is not None
        assert (turn.due_at - clock.now()).days >= 49
        assert told(Notice.MOVED) == [found.trainee.account_id]

    def test_into_another_vacancy_s_stage_is_refused(self):
        found = make_application()
        foreign = stages(make_vacancy().id)[0]

        with pytest.raises(NotNow, match="no such stage"):
            services.move(house(found), found, stage_id=foreign.id)

    @pytest.mark.parametrize("role", [Role.MENTOR])
    def test_is_for_those_who_recruit(self, role):
        found = make_application()

        with pytest.raises(NotAllowed):
            services.move(actor_of(found.vacancy.employer, role), found, stage_id=found.stage_id)


class TestReject:
    def test_is_told_after_half_an_hour_with_the_reason(self):
        found = reject(make_application(), words="Come back after the Fanuc course.")

        assert (found.state, found.rejection, found.known_state) == (State.REJECTED, Rejection.SKILLS, State.OPEN)
        assert told(Notice.REJECTED) == []
        job = db.session.scalars(select(Job).where(Job.task == "applications.tell_rejection")).one()
        assert job.run_at == found.told_at

        run_job("applications.tell_rejection")
        assert told(Notice.REJECTED) == [found.trainee.account_id]
        with clock.at(clock.now() + GRACE):
            assert found.known_state is State.REJECTED

    def test_undone_in_time_is_never_told(self):
        found = reject(make_application())

        services.reverse(house(found), found)
        run_job("applications.tell_rejection")

        assert (application(found.id).state, application(found.id).rejection) == (State.OPEN, None)
        assert told(Notice.REJECTED) == told(Notice.REVERSED) == []

    def test_an_earlier_rejection_s_letter_does_not_tell_of_a_later_one(self):
        found = reject(make_application())
        first = db.session.scalars(select(Job).where(Job.task == "applications.tell_rejection")).one()
        services.reverse(house(found), found)
        with clock.at(clock.now() + timedelta(minutes=1)):
            services.reject(house(found), found, reason=Rejection.PAY)

        tasks.tell_rejection(**first.args)

        assert told(Notice.REJECTED) == []

    def test_can_be_taken_back_later_and_the_candidate_hears_of_it(self):
        found = reject(make_application())
        run_job("applications.tell_rejection")

        with clock.at(clock.now() + timedelta(days=3)):
            services.reverse(house(found), queries.application(house(found), found.id))

        assert application(found.id).state is State.OPEN
        assert told(Notice.REVERSED) == [found.trainee.account_id]
        assert events_of(found)[-1] == Event.REVERSED

    def test_a_month_later_the_employer_no_longer_sees_the_candidate(self):
        found = reject(make_application())
        actor = house(found)

        with clock.at(clock.now() + timedelta(days=31)), pytest.raises(NotFound):
            queries.application(actor, found.id)

    def test_is_not_taken_back_when_the_candidate_has_applied_anew(self):
        found = reject(make_application())
        make_application(vacancy(found.vacancy_id), trainee=application(found.id).trainee)

        with pytest.raises(NotNow, match="again"):
            services.reverse(house(found), application(found.id))

    def test_reasons_of_the_vacancy_are_nobody_s_to_give(self):
        found = make_application()

        with pytest.raises(NotNow, match="Choose a reason"):
            services.reject(house(found), found, reason=Rejection.POSITION_FILLED)


class TestEnds:
    def test_withdrawn_closes_the_profile_and_tells_the_employer_no_name(self):
        found = make_application()
        actor = house(found)

        services.withdraw(learner(found.trainee), found, reason=Withdrawal.OTHER_WORK)

        assert application(found.id).state is State.WITHDRAWN
        with pytest.raises(NotFound):
            queries.application(actor, found.id)
        notices = db.session.scalars(select(Notification).where(Notification.name == Notice.WITHDRAWN)).all()
        assert {one.subject_kind for one in notices} == {"vacancy"}

    def test_of_somebody_else_cannot_be_withdrawn(self):
        found = make_application()

        with pytest.raises(NotAllowed):
            services.withdraw(learner(make_trainee()), found, reason=Withdrawal.OTHER_WORK)

    def test_thirty_days_of_silence_end_it(self):
        found = make_application()

        with clock.at(clock.now() + timedelta(days=30, minutes=1)):
            tasks.lapse(found.id)

        assert application(found.id).state is State.LAPSED
        assert found.trainee.account_id in told(Notice.LAPSED)

    def test_silence_that_was_broken_meanwhile_ends_nothing(self):
        found = make_application()
        with clock.at(clock.now() + timedelta(days=20)):
            services.move(house(found), found, stage_id=stages(found.vacancy_id)[1].id)

        with clock.at(clock.now() + timedelta(days=31)):
            tasks.lapse(found.id)

        assert application(found.id).state is State.OPEN

    def test_a_withdrawn_vacancy_answers_everybody_who_waits(self):
        offered = make_vacancy()
        first, second = make_application(offered), make_application(offered)
        vacancies.close(recruiter_of(offered.employer), vacancy(offered.id))

        run_job("applications.end_with_vacancy")

        for found in (first, second):
            assert application(found.id).rejection is Rejection.VACANCY_WITHDRAWN
        with pytest.raises(NotNow, match="together with the vacancy"):
            services.reverse(house(first), application(first.id))

    def test_an_expired_vacancy_leaves_them_where_they_are(self):
        offered = make_vacancy(closes_on=clock.today("Europe/Samara"))
        found = make_application(offered)
        with clock.at(clock.now() + timedelta(days=2)):
            vacancies.expire(System("tests"), vacancy(offered.id))

        assert application(found.id).state is State.OPEN
        assert db.session.scalars(select(Job).where(Job.task == "applications.end_with_vacancy")).all() == []


class TestBoard:
    def test_has_the_stages_the_offers_and_the_hired_and_counts_the_ends(self):
        offered = make_vacancy()
        first, second = make_application(offered), make_application(offered)
        services.move(house(first), first, stage_id=stages(offered.id)[2].id)
        reject(second)

        board = queries.board(house(first), vacancy(offered.id))

        assert [str(column.label) for column in board.columns] == ["New", "Screening", "Interview", "Decision", "Offer made", "Hired"]
        assert [column.count for column in board.columns] == [0, 0, 1, 0, 0, 0]
        assert board.ends == [(State.REJECTED, 1)]

    def test_a_card_says_where_from_the_best_reason_and_how_many_skills(self):
        offered = make_vacancy(levels=(2, 3))
        easy, hard = skills_of(offered)
        school = make_school(short_name="Technical College")
        person = make_trainee(school_id=school.id, group_code="ТМ-21")
        show_skill(person, easy, 4)
        show_skill(person, hard, 1)
        found = make_application(offered, trainee=person)

        (card,) = queries.board(house(found), vacancy(offered.id)).columns[0].cards

        assert (card.row.school, card.row.group_code) == ("Technical College", "ТМ-21")
        assert (card.match.met, len(card.match.reasons)) == (1, 2)
        assert card.match.best is not None
        assert card.match.best.skill_id == easy

    def test_asks_as_often_for_forty_candidates_as_for_two(self, statements):
        offered = make_vacancy()
        actor = recruiter_of(offered.employer)
        for _number in range(2):
            make_application(offered)
        shown = vacancy(offered.id)
        with statements() as few:
            queries.board(actor, shown)
            APPLICATIONS.page(actor, Wanted(), shown)
        for _number in range(38):
            make_application(offered)
        shown = vacancy(offered.id)
        with statements() as many:
            board = queries.board(actor, shown)
            APPLICATIONS.page(actor, Wanted(), shown)

        assert len(few) == len(many)
        assert (board.columns[0].count, len(board.columns[0].cards)) == (40, queries.CARDS)

    def test_the_list_is_narrowed_by_state_and_stage(self):
        offered = make_vacancy()
        first, second = make_application(offered), make_application(offered)
        reject(second)
        actor, shown = house(first), vacancy(offered.id)

        def ids(**filters):
            return [one.card.row.id for one in APPLICATIONS.page(actor, Wanted(filters=filters), shown).rows]

        assert ids(state=["rejected"]) == [second.id]
        assert ids(stage=[str(first.stage_id)]) == [first.id]
        assert ids(stage=["x" * 3]) == [second.id, first.id]
