"""Naming people, approving, answering, leaving: whose the seat is at each step."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.buying import Bought, make_worker, nominee
from tests.courses.factories import SYSTEM
from tests.factories import actor_of, events_of, learner, make_account, make_consent, make_employer, make_learners
from training.accounts.models import Account
from training.courses.allocations import policies, queries, services
from training.courses.allocations.lists import NOMINEES
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import Event, Notice, Progress, State
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as enrolment_services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Leaving
from training.courses.enrolments.workflow import State as EnrolmentState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, NotNow, Role, Visitor
from training.notices.models import Notification
from training.trainees.disclosures.queries import as_seen_by
from training.trainees.profiles import services as profiles
from training.turns.models import OpenTurn
from training.turns.services import expire as expire_turns

WORKER = "anna@plant.example"


def told(key):
    query = select(Notification.name, Notification.to_kind).where(Notification.subject_kind == "allocation", Notification.subject_id == key)
    return [(name, kind) for name, kind in db.session.execute(query.order_by(Notification.id))]


def turn(key, kind="allocation"):
    query = select(OpenTurn).where(OpenTurn.subject_kind == kind, OpenTurn.subject_id == key)
    return db.session.scalars(query).one_or_none()


def accepted(bought, **person):
    worker = make_worker(WORKER, **person)
    (key,) = bought.name(nominee(email=WORKER))
    services.accept(learner(worker), queries.allocation(learner(worker), key))
    return worker, key


@pytest.mark.usefixtures("app")
class TestNominate:
    def test_a_manager_s_nominee_is_written_to_at_once(self):
        bought = Bought(3)
        (key,) = bought.name()

        allocation = bought.allocation(key)
        assert (allocation.state, bought.figures) == (State.ALLOCATED, (3, 0, 1))
        assert events_of(allocation) == [Event.PROPOSED, Event.ALLOCATED]
        assert told(key) == [(Notice.ALLOCATED, "nominee")]
        assert (turn(key).party_kind, turn(key).party_id, turn(key).silence) == ("nominee", key, "expire")

    def test_somebody_with_an_account_finds_it_at_home(self):
        bought, worker = Bought(3), make_worker(WORKER)
        (key,) = bought.name(nominee(email=" Anna@PLANT.example "))

        assert (turn(key).party_kind, turn(key).party_id) == ("trainee", worker.id)
        assert told(key) == [(Notice.ALLOCATED, "account")]

    def test_an_address_that_nobody_confirmed_is_nobody_s(self):
        bought = Bought(3)
        stranger = make_worker(WORKER)
        db.session.get_one(Account, stranger.account_id).confirmed_at = None
        db.session.commit()
        (key,) = bought.name(nominee(email=WORKER))

        assert turn(key).party_kind == "nominee"
        with pytest.raises(NotFound):
            queries.allocation(learner(stranger), key)

    def test_a_recruiter_s_waits_for_one_move_of_the_managers(self):
        bought = Bought(3)
        keys = bought.name(nominee(), nominee(), actor=bought.recruiter)
        keys += bought.name(nominee(), actor=bought.recruiter)

        assert {bought.allocation(key).state for key in keys} == {State.PROPOSED}
        assert (turn(bought.key, "seat_purchase").verb, turn(bought.key, "seat_purchase").roles) == ("approve", Role.MANAGER.bit)
        assert bought.figures == (3, 0, 3)
        assert [told(key) for key in keys] == [[], [], []]

    def test_never_more_than_were_bought(self):
        bought = Bought(2)
        bought.name(nominee())

        with pytest.raises(NotNow, match="Only 1 seat is left"):
            bought.name(nominee(), nominee())
        bought.name(nominee())
        with pytest.raises(NotNow, match="No seat is left"):
            bought.name(nominee(), actor=bought.recruiter)
        assert bought.figures == (2, 0, 2)

    def test_one_address_is_named_once_for_a_cohort(self):
        bought = Bought(3)
        bought.name(nominee(email=WORKER))

        with pytest.raises(NotNow, match="already"):
            bought.name(nominee(email=WORKER.upper()))
        assert bought.figures == (3, 0, 1)

    def test_others_do_not_name_people_for_it(self):
        bought = Bought(3)

        for actor in (bought.head, actor_of(bought.employer, Role.MENTOR), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                bought.name(actor=actor)

    def test_not_before_the_school_has_agreed_and_not_after_the_last_day(self):
        asked, over = Bought(agreed=False), Bought(3)
        with clock.at(clock.now() + timedelta(days=40)), pytest.raises(NotNow, match="over"):
            over.name()
        with pytest.raises(NotNow, match="not agreed"):
            asked.name()

    def test_as_many_statements_for_forty_as_for_two(self, statements):
        bought = Bought(50, there=60)
        for number in range(20):
            make_worker(f"known{number}@plant.example")
        purchase = bought.purchase
        with statements() as few:
            services.nominate(bought.manager, purchase, people=[nominee(), nominee(email="known0@plant.example")], language="en")
        purchase = bought.purchase
        people = [nominee(email=f"known{number}@plant.example") for number in range(1, 20)] + [nominee() for _ in range(20)]
        with statements() as many:
            services.nominate(bought.manager, purchase, people=people, language="en")

        assert len(many) == len(few)


@pytest.mark.usefixtures("app")
class TestApprove:
    def test_one_then_all(self):
        bought = Bought(3)
        keys = bought.name(nominee(), nominee(), nominee(), actor=bought.recruiter)

        services.approve(bought.manager, bought.allocation(keys[0]))
        assert turn(bought.key, "seat_purchase") is not None
        assert services.approve_all(bought.manager, bought.purchase) == 2

        assert turn(bought.key, "seat_purchase") is None
        assert [told(key) for key in keys] == [[(Notice.ALLOCATED, "nominee")]] * 3
        assert bought.figures == (3, 0, 3)

    def test_a_recruiter_does_not(self):
        bought = Bought(3)
        (key,) = bought.name(actor=bought.recruiter)

        with pytest.raises(NotAllowed):
            services.approve(bought.recruiter, bought.allocation(key))
        with pytest.raises(NotAllowed):
            services.approve_all(bought.recruiter, bought.purchase)


@pytest.mark.usefixtures("app")
class TestAnswer:
    def test_accepting_enrols_at_once_and_shows_the_employer_no_more_than_agreed(self):
        bought = Bought(3)
        worker, key = accepted(bought)

        allocation = bought.allocation(key)
        enrolment = db.session.get_one(Enrolment, allocation.enrolment_id)
        assert (allocation.state, enrolment.state, enrolment.pool_id) == (State.ACCEPTED, EnrolmentState.ENROLLED, bought.purchase.pool_id)
        assert bought.figures == (3, 1, 0)
        assert as_seen_by(bought.employer.id, worker.id) is not None
        assert {name for name, _kind in told(key)} == {Notice.ALLOCATED, Notice.ACCEPTED}
        assert turn(key) is None

    def test_whoever_waits_in_the_queue_leaves_it_for_the_seat(self):
        bought, worker = Bought(10), make_worker(WORKER)
        waiting = enrolment_services.apply(learner(worker), bought.cohort, funding=[Funding.EMPLOYER])
        (key,) = bought.name(nominee(email=WORKER))

        services.accept(learner(worker), queries.allocation(learner(worker), key))

        db.session.refresh(waiting)
        assert (waiting.state, waiting.id) == (EnrolmentState.ENROLLED, bought.allocation(key).enrolment_id)
        assert enrolments.ranks([bought.cohort_id]) == {}

    def test_whoever_studies_there_already_does_not_take_a_second_seat(self):
        bought, worker = Bought(3), make_worker(WORKER)
        enrolment_services.apply(learner(worker), bought.cohort, funding=[Funding.STATE])
        (key,) = bought.name(nominee(email=WORKER))

        with pytest.raises(NotNow, match="seat in this cohort already"):
            services.accept(learner(worker), queries.allocation(learner(worker), key))
        assert bought.figures == (3, 0, 1)

    def test_a_minor_accepts_with_a_guardian_s_consent(self):
        bought, born = Bought(3), clock.today() - timedelta(days=16 * 366)
        worker = make_worker(WORKER, born_on=born)
        (key,) = bought.name(nominee(email=WORKER))

        with pytest.raises(NotNow, match="under 18"):
            services.accept(learner(worker), queries.allocation(learner(worker), key))
        make_consent(worker)
        services.accept(learner(worker), queries.allocation(learner(worker), key))

        assert bought.figures == (3, 1, 0)

    def test_declining_frees_the_seat_and_says_why(self):
        bought, worker = Bought(3), make_worker(WORKER)
        (key,) = bought.name(nominee(email=WORKER))

        services.decline(learner(worker), queries.allocation(learner(worker), key), reason="No time")

        assert (bought.allocation(key).state, bought.allocation(key).words, bought.figures) == (State.DECLINED, "No time", (3, 0, 0))
        assert as_seen_by(bought.employer.id, worker.id) is None
        with pytest.raises(NotNow, match="not kept"):
            services.accept(learner(worker), queries.allocation(learner(worker), key))

    def test_nobody_else_answers(self):
        bought = Bought(3)
        make_worker(WORKER)
        (key,) = bought.name(nominee(email=WORKER))
        (other,) = make_learners(1)

        with pytest.raises(NotFound):
            queries.allocation(other, key)

    def test_what_was_only_proposed_is_not_told(self):
        bought, worker = Bought(3), make_worker(WORKER)
        (key,) = bought.name(nominee(email=WORKER), actor=bought.recruiter)

        with pytest.raises(NotFound):
            queries.allocation(learner(worker), key)

    def test_whoever_signs_up_later_finds_it_at_home(self):
        bought = Bought(3)
        (key,) = bought.name(nominee(email=WORKER))
        account = make_account(email=WORKER)
        worker = profiles.make(
            Visitor(account.id), account, family_name="Orlova", given_name="Anna", born_on=clock.today() - timedelta(days=9000)
        )
        run_due()

        assert (turn(key).party_kind, turn(key).party_id) == ("trainee", worker.id)
        assert queries.allocation(learner(worker), key).trainee_id == worker.id


@pytest.mark.usefixtures("app")
class TestEnds:
    def test_cancelling_tells_whoever_was_written_to(self):
        bought = Bought(3)
        (proposed,) = bought.name(nominee(), actor=bought.recruiter)
        (kept,) = bought.name(nominee())

        services.cancel(bought.recruiter, bought.allocation(proposed), reason="Mistake")
        services.cancel(bought.recruiter, bought.allocation(kept), reason="Moved")

        assert bought.figures == (3, 0, 0)
        assert (told(proposed), told(kept)[-1]) == ([], (Notice.CANCELLED, "nominee"))
        assert turn(bought.key, "seat_purchase") is None

    def test_silence_gives_the_seat_back(self):
        bought = Bought(3)
        (key,) = bought.name()
        with clock.at(clock.now() + timedelta(days=15)):
            expire_turns()
            run_due()

        assert (bought.allocation(key).state, bought.figures) == (State.EXPIRED, (3, 0, 0))

    def test_the_last_joining_day_comes_first(self):
        bought = Bought(3, joins_until_on=clock.today() + timedelta(days=21), closes_on=clock.today() + timedelta(days=3))
        with clock.at(clock.now() + timedelta(days=15)):
            (key,) = bought.name()

        assert bought.allocation(key).until_at == clock.end_of(bought.cohort.joins_until_on, "Europe/Samara")

    def test_leaving_makes_the_seat_the_employer_s_again_and_closes_the_card(self):
        bought = Bought(3)
        worker, key = accepted(bought)
        enrolment = enrolments.enrolment(SYSTEM, bought.allocation(key).enrolment_id)

        enrolment_services.withdraw(learner(worker), enrolment, because=Leaving.WORK)
        assert bought.figures == (3, 0, 0)
        run_due()

        assert bought.allocation(key).state is State.REVERSED
        assert as_seen_by(bought.employer.id, worker.id) is None
        assert bought.open_seats == (7, 0)
        bought.name(nominee(email=WORKER))
        assert bought.figures == (3, 0, 1)

    def test_completing_keeps_the_seat_taken(self):
        bought = Bought(3)
        _worker, key = accepted(bought)
        cohort_services.close_applications(bought.head, bought.cohort)
        cohort_services.start(bought.head, bought.cohort)
        enrolment_services.complete_all(bought.head, bought.cohort)
        run_due()

        assert (bought.allocation(key).state, bought.figures) == (State.ACCEPTED, (3, 1, 0))

    def test_training_begins_without_whoever_has_not_answered(self):
        bought = Bought(3)
        keys = bought.name(nominee()) + bought.name(nominee(), actor=bought.recruiter)
        cohort_services.close_applications(bought.head, bought.cohort)
        cohort_services.start(bought.head, bought.cohort)
        run_due()

        assert {bought.allocation(key).state for key in keys} == {State.EXPIRED}
        assert bought.figures == (3, 0, 0)
        assert turn(bought.key, "seat_purchase") is None

    def test_a_cancelled_cohort_releases_everybody(self):
        bought = Bought(3)
        _worker, key = accepted(bought)
        (kept,) = bought.name()
        cohort_services.cancel(bought.head, bought.cohort, reason="Too few")
        run_due()
        run_due()

        assert (bought.allocation(key).state, bought.allocation(kept).state) == (State.REVERSED, State.CANCELLED)
        assert bought.figures == (3, 0, 0)


@pytest.mark.usefixtures("app")
class TestSeen:
    def test_the_school_sees_only_those_who_took_a_seat(self):
        bought = Bought(3)
        _worker, key = accepted(bought)
        bought.name()

        assert [one.id for one in db.session.scalars(visible(bought.head))] == [key]
        assert len(list(db.session.scalars(visible(bought.recruiter)))) == 2
        assert list(db.session.scalars(visible(actor_of(bought.employer, Role.MENTOR)))) == []

    def test_how_far_a_minor_is_is_seen_while_the_consent_holds(self):
        bought, born = Bought(3), clock.today() - timedelta(days=16 * 366)
        worker = make_worker(WORKER, born_on=born)
        consent = make_consent(worker)
        (key,) = bought.name(nominee(email=WORKER))
        services.accept(learner(worker), queries.allocation(learner(worker), key))
        assert [one.progress for one in shown(bought)] == [Progress.STUDIES]

        db.session.delete(consent)
        db.session.commit()

        assert [one.progress for one in shown(bought)] == [None]


def visible(actor):
    return policies.visible_to(actor).order_by(Allocation.id)


def shown(bought):
    return NOMINEES.page(bought.manager, Wanted(), bought.purchase).rows
