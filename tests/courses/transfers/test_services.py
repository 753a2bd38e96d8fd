"""Moving from one school to another: asked, accepted, confirmed, moved; and every way it comes to nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_skill, make_version, pool_of
from tests.courses.prerequisites.asking import again, make_asking, make_taught
from tests.courses.transfers.moving import CLOCKWORK, ZONE, Moving, fresh
from tests.factories import actor_of, events_of, learner, make_minor, make_school, make_trainee, save
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts import services as planning
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.recognitions.policies import can_ask, why_not_ask
from training.courses.transfers import queries, services
from training.courses.transfers.workflow import Event, Notice, State
from training.courses.waivers import services as waivers
from training.kernel import clock
from training.kernel.db import NotFound, db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.organisations.models import Organisation
from training.privacy import services as privacy
from training.privacy.services import Traces
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements.models import Engagement
from training.trainees.passport import queries as passport
from training.trainees.passport.models import Evidence, EvidenceKind

pytestmark = pytest.mark.usefixtures("app")


def reasons(trainee_id):
    """Why the trainee is shown now, by organisation."""
    fresh()
    query = select(Disclosure.because, Disclosure.organisation_id).where(Disclosure.trainee_id == trainee_id, Disclosure.until_at.is_(None))
    return {(because, organisation) for because, organisation in db.session.execute(query)}


class TestAsk:
    def test_it_is_with_the_receiving_school_which_sees_the_trainee_from_now_on(self):
        moving = Moving(ask=False)
        seen = moving.reads()
        moving.key = moving.ask().id

        assert (seen, moving.reads()) == (False, True)
        assert (moving.transfer.state, moving.turn()) == (State.ASKED, (moving.there_id, "accept"))
        assert (events_of(moving.transfer), moving.told()) == ([Event.ASKED], [Notice.ASKED])
        assert reasons(moving.trainee_id) == {(Because.TRANSFER, moving.there_id)}

    def test_the_own_school_hears_of_it_only_once_the_other_has_accepted(self):
        moving = Moving()
        with pytest.raises(NotFound):
            queries.transfer(moving.sender, moving.key)

        moving.accept()

        fresh()
        assert queries.transfer(moving.sender, moving.key).id == moving.key

    def test_one_school_is_asked_at_a_time(self):
        moving = Moving()

        with pytest.raises(NotNow, match="Take that back first"):
            moving.ask()

    def test_whoever_studies_no_more_does_not_ask(self):
        moving = Moving(ask=False)
        studying.expel(moving.sender, moving.enrolment, reason="Debts.")

        with pytest.raises(NotNow, match="study here has ended"):
            moving.ask()

    def test_nobody_asks_for_a_cohort_of_the_own_school(self):
        moving = Moving(ask=False)

        with pytest.raises(NotNow, match="at your own school"):
            services.ask(moving.me, moving.enrolment, cohort=cohorts.cohort(SYSTEM, moving.old_id), words="Why not?")

    def test_nobody_asks_for_a_cohort_that_cannot_be_joined(self):
        moving = Moving(ask=False)

        with clock.at(clock.now() + timedelta(days=40)), pytest.raises(NotNow, match="last day to join"):
            moving.ask()

    def test_nobody_asks_for_somebody_else(self):
        moving = Moving(ask=False)

        with pytest.raises(NotAllowed):
            services.ask(learner(make_trainee()), moving.enrolment, cohort=moving.aim, words="For a friend.")


class TestAccept:
    def test_a_seat_is_kept_and_it_is_with_the_sending_school(self):
        moving = Moving(seats=2)

        moving.accept(days=3)

        found = moving.transfer
        assert (found.state, found.from_on, moving.free()) == (State.ACCEPTED, clock.today(ZONE) + timedelta(days=3), 1)
        assert moving.turn() == (moving.here_id, "confirm")
        assert moving.told() == sorted([Notice.ASKED, *[Notice.ACCEPTED] * 2])

    def test_nothing_is_accepted_without_a_seat(self):
        moving = Moving(seats=1)
        make_enrolment(moving.aim)

        with pytest.raises(NotNow, match="No seat of this kind is free"):
            moving.accept()

    def test_what_the_programme_builds_on_is_completed_or_waived(self):
        before = make_taught(title="Metals")
        version = make_asking(before)
        moving = Moving(aim=version)

        with pytest.raises(NotNow, match=r"has not completed enough of what this programme builds on: .*Metals"):
            moving.accept()
        waivers.grant(moving.receiver, again(version), trainee_id=moving.trainee_id, words="Learnt it at work.")
        moving.accept()

        assert moving.free() == 0

    def test_the_first_day_is_one_on_which_people_can_begin(self):
        moving = Moving()

        with pytest.raises(NotNow, match="Choose a day"):
            moving.accept(days=-1)
        with pytest.raises(NotNow, match="Choose a day"):
            moving.accept(days=60)

    def test_under_18_it_waits_for_the_guardian(self):
        moving = Moving(trainee=make_minor(school_id=make_school().id))

        with pytest.raises(NotNow, match="name the parent or guardian"):
            moving.accept()

        assert moving.transfer.state is State.ASKED

    def test_only_managers_of_the_receiving_school_accept(self):
        moving = Moving()
        teacher = actor_of(db.session.get_one(Organisation, moving.there_id), Role.TEACHER)

        for actor in (moving.sender, teacher, moving.me):
            with pytest.raises(NotAllowed):
                services.accept(actor, moving.transfer, from_on=clock.today(ZONE), funding=Funding.STATE)


class TestConfirm:
    def test_both_moves_happen_at_once_when_the_day_has_come(self):
        moving = Moving()
        moving.accept()

        assert moving.confirm()

        transfer, old = moving.transfer, moving.enrolment
        made = enrolments.enrolment(SYSTEM, transfer.made_id)
        assert (transfer.state, old.state, old.ended_on) == (State.COMPLETED, EnrolmentState.TRANSFERRED, clock.today(ZONE))
        assert (made.state, made.cohort_id, made.pool_id) == (EnrolmentState.ENROLLED, moving.aim_id, pool_of(moving.aim).id)
        assert (moving.free(), pool_of(cohorts.cohort(SYSTEM, moving.old_id)).free) == (0, 1)
        assert (events_of(old)[-1], events_of(made)) == (EnrolmentEvent.TRANSFERRED, [EnrolmentEvent.ARRIVED])
        assert moving.turn() is None

    def test_the_move_waits_for_its_day_and_happens_by_itself(self):
        moving = Moving()
        moving.accept(days=5)

        assert not moving.confirm()
        assert services.tend(CLOCKWORK) == (0, 0)
        assert moving.enrolment.state is EnrolmentState.ENROLLED
        with clock.at(clock.now() + timedelta(days=5)):
            assert services.tend(CLOCKWORK) == (1, 0)
            assert services.tend(CLOCKWORK) == (0, 0)

        assert (moving.transfer.state, moving.enrolment.state) == (State.COMPLETED, EnrolmentState.TRANSFERRED)

    def test_the_passport_follows_and_the_roster_of_the_new_school_has_the_trainee(self):
        moving = Moving()
        shown = Evidence(
            trainee_id=moving.trainee_id,
            skill_id=make_skill().id,
            level=3,
            kind=EvidenceKind.MODULE,
            subject_kind="enrolment",
            subject_id=moving.enrolment_id,
            organisation_id=moving.here_id,
            attested_at=clock.now(),
        )
        save(shown)
        moving.accept()

        moving.confirm()

        trainee = moving.trainee
        assert (trainee.school_id, trainee.group_code) == (moving.there_id, None)
        assert [level for _skill, level, _evidence in passport.of(trainee.id)] == [3]
        assert moving.reads()

    def test_the_rows_of_both_sides_are_as_leaving_and_applying_leave_them(self):
        moving = Moving()
        moving.accept()

        moving.confirm()

        made_id = moving.transfer.made_id
        assert reasons(moving.trainee_id) == {(Because.ENROLMENT, moving.there_id)}
        [stay] = db.session.scalars(select(Engagement).where(Engagement.subject_kind == "enrolment", Engagement.subject_id == made_id))
        assert (stay.organisation_id, stay.from_on) == (moving.there_id, moving.aim.starts_on)

    def test_a_row_of_the_same_person_at_the_new_school_keeps_its_place(self):
        moving = Moving()
        mine = moving.trainee
        twin = make_trainee(school_id=moving.there_id)
        twin.call(family_name=mine.family_name, given_name=mine.given_name, patronymic=mine.patronymic, born_on=mine.born_on)
        save(twin)
        moving.accept()

        moving.confirm()

        assert (moving.transfer.state, moving.trainee.school_id) == (State.COMPLETED, moving.here_id)
        assert moving.reads()

    def test_the_seat_that_is_left_goes_to_the_next_in_the_queue(self):
        moving = Moving()
        waiting = make_enrolment(cohorts.cohort(SYSTEM, moving.old_id), state=EnrolmentState.WAITLISTED)
        moving.accept()

        moving.confirm()

        fresh()
        assert db.session.get_one(Enrolment, waiting.id).state is EnrolmentState.OFFERED

    def test_whoever_studies_no_more_cannot_be_let_go(self):
        moving = Moving()
        moving.accept()
        studying.expel(moving.sender, moving.enrolment, reason="Debts.")

        with pytest.raises(NotNow, match="study here has ended"):
            moving.confirm()

    def test_only_managers_of_the_sending_school_confirm(self):
        moving = Moving()
        moving.accept()
        moving.sender = moving.receiver

        with pytest.raises(NotAllowed):
            moving.confirm()


class TestComesToNothing:
    def test_declined_it_is_closed_to_the_school_again(self):
        moving = Moving()

        services.decline(moving.receiver, moving.transfer, reason="The hours differ too much.")

        assert (moving.transfer.state, moving.transfer.answer, moving.reads()) == (State.DECLINED, "The hours differ too much.", False)
        assert moving.told() == sorted([Notice.ASKED, Notice.DECLINED])

    def test_an_accepted_one_is_declined_too_and_the_seat_is_free(self):
        moving = Moving()
        moving.accept()

        services.decline(moving.receiver, moving.transfer, reason="Nobody answered us.")

        assert (moving.free(), moving.told().count(Notice.DECLINED)) == (1, 2)

    def test_refused_the_seat_goes_to_the_next_who_waits_there(self):
        moving = Moving()
        moving.accept()
        waiting = make_enrolment(moving.aim, state=EnrolmentState.WAITLISTED)

        services.refuse(moving.sender, moving.transfer, reason="Two tests are owed.")

        assert (moving.transfer.state, moving.enrolment.state, moving.reads()) == (State.REFUSED, EnrolmentState.ENROLLED, False)
        assert db.session.get_one(Enrolment, waiting.id).state is EnrolmentState.OFFERED

    @pytest.mark.parametrize("far", [0, 1, 2])
    def test_the_trainee_takes_it_back_until_the_day_of_the_move(self, far):
        moving = Moving()
        if far:
            moving.accept(days=4)
        if far == 2:
            moving.confirm()

        services.withdraw(moving.me, moving.transfer)

        assert (moving.transfer.state, moving.free(), moving.reads()) == (State.WITHDRAWN, 1, False)
        moving.key = moving.ask().id
        assert moving.transfer.state is State.ASKED

    def test_it_lapses_when_the_study_ends_before(self):
        moving = Moving()
        moving.accept(days=4)
        studying.expel(moving.sender, moving.enrolment, reason="Debts.")

        assert services.tend(CLOCKWORK) == (0, 1)
        assert (moving.transfer.state, moving.free(), moving.reads()) == (State.LAPSED, 1, False)

    def test_it_lapses_when_nobody_answers_until_the_last_day_to_join(self):
        moving = Moving()

        with clock.at(clock.now() + timedelta(days=31)):
            assert services.tend(CLOCKWORK) == (0, 1)

        assert moving.told() == sorted([Notice.ASKED, *[Notice.LAPSED] * 2])

    def test_it_lapses_when_the_other_cohort_is_cancelled(self):
        moving = Moving()
        moving.accept(days=4)
        moving.confirm()
        planning.cancel(moving.receiver, moving.aim, reason="Too few people.")

        assert services.tend(CLOCKWORK) == (0, 1)
        assert moving.enrolment.state is EnrolmentState.ENROLLED


class TestAfterwards:
    def test_erased_the_words_are_gone_and_that_somebody_moved_stays(self):
        moving = Moving()
        services.decline(moving.receiver, moving.transfer, reason="Cannot take her this year.")

        with writing():
            privacy.erase({"trainee": moving.trainee_id}, Traces([], []), holds=[], apart={"trainee": lambda: None})

        after = moving.transfer
        assert (after.state, "Melekess" in after.words, "her" in (after.answer or "")) == (State.DECLINED, False, False)

    def test_whoever_moved_asks_for_recognition_and_moves_on_from_the_new_school(self):
        moving = Moving()
        moving.accept()
        moving.confirm()
        made = enrolments.enrolment(SYSTEM, moving.transfer.made_id)
        third = make_cohort(make_version(make_programme(make_school())))

        again = services.ask(moving.me, made, cohort=cohorts.cohort(SYSTEM, third.id), words="Once more.")

        assert (again.sending_id, again.state) == (moving.there_id, State.ASKED)
        assert can_ask(moving.me, made)
        assert not why_not_ask(made)

    def test_a_transfer_that_is_over_is_not_decided_again(self):
        moving = Moving()
        services.withdraw(moving.me, moving.transfer)

        with pytest.raises(NotNow, match="that step is over"):
            moving.accept()
        assert moving.free() == 1
