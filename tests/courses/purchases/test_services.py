"""Asking for seats, agreeing, giving back: seats move between what is open to all and what is an employer's."""

import pytest
from sqlalchemy import select

from tests.courses.buying import Bought, nominee
from tests.courses.factories import make_enrolment
from tests.factories import actor_of, events_of, make_employer, make_learners
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as enrolment_services
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.purchases import policies, queries, services
from training.courses.purchases.workflow import Event, Notice, State
from training.jobs.worker import run_due
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Learner, NotAllowed, NotNow, Role, Visitor
from training.notices.models import Notification
from training.organisations.workflow import State as OrganisationState
from training.turns.models import OpenTurn
from training.turns.tasks import silence


def told(key):
    query = select(Notification.name).where(Notification.subject_kind == "seat_purchase", Notification.subject_id == key)
    return list(dict.fromkeys(db.session.scalars(query.order_by(Notification.id))))


@pytest.mark.usefixtures("app")
class TestAsk:
    def test_it_is_with_the_school_s_managers(self):
        bought = Bought(agreed=False)

        assert (bought.purchase.state, events_of(bought.purchase), told(bought.key)) == (State.ASKED, [Event.ASKED], [Notice.ASKED])
        turn = db.session.scalars(select(OpenTurn).where(OpenTurn.subject_kind == "seat_purchase")).one()
        assert (turn.party_id, turn.verb, turn.silence) == (bought.school.id, "agree", "lapse")

    def test_a_second_request_waits_for_the_answer_to_the_first(self):
        bought = Bought(agreed=False)

        with pytest.raises(NotNow, match="already"):
            bought.ask(2)

    def test_only_managers_of_a_verified_employer_ask(self):
        bought = Bought(agreed=False)
        other = make_employer(state=OrganisationState.PENDING)

        with pytest.raises(NotAllowed):
            services.ask(bought.recruiter, bought.cohort, employer=bought.employer, seats=1)
        with pytest.raises(NotNow, match="verified"):
            services.ask(actor_of(other, Role.MANAGER), bought.cohort, employer=other, seats=1)

    def test_silence_ends_it(self):
        bought = Bought(agreed=False)

        silence("seat_purchase", "lapse", bought.key)

        assert (bought.purchase.state, told(bought.key)) == (State.LAPSED, [Notice.ASKED, Notice.LAPSED])

    def test_the_employer_withdraws_and_the_school_refuses_with_a_reason(self):
        bought, other = Bought(agreed=False), Bought(agreed=False)

        services.withdraw(bought.manager, bought.purchase)
        services.refuse(other.head, other.purchase, reason="Full")

        assert (bought.purchase.state, other.purchase.state, other.purchase.words) == (State.WITHDRAWN, State.REFUSED, "Full")


@pytest.mark.usefixtures("app")
class TestAgree:
    def test_the_seats_leave_what_is_open_to_all(self):
        bought = Bought(3)

        assert (bought.open_seats, bought.figures, bought.purchase.state) == ((7, 0), (3, 0, 0), State.AGREED)
        assert [(pool.funding, pool.seats) for pool in bought.cohort.pools] == [(Funding.STATE, 5), (Funding.EMPLOYER, 7)]

    def test_fewer_free_seats_say_how_many_there_are(self):
        bought = Bought(6, there=4, agreed=False)

        with pytest.raises(NotNow, match=r"Asked for: 6\. Free among .*: 4\."):
            services.agree(bought.head, bought.purchase)
        assert bought.open_seats == (4, 0)

    def test_nobody_applies_for_them(self):
        bought = Bought(10)
        (person,) = make_learners(1)

        enrolment = enrolment_services.apply(person, bought.cohort, funding=[Funding.EMPLOYER])

        assert enrolment.state is EnrolmentState.WAITLISTED
        assert bought.figures == (10, 0, 0)
        assert enrolments.public_seats([bought.cohort])[bought.cohort_id].all == 5

    def test_a_second_purchase_of_the_same_employer_has_seats_of_its_own(self):
        bought = Bought(3)
        bought.key = bought.ask(2)
        services.agree(bought.head, bought.purchase)

        assert (bought.open_seats, bought.figures) == ((5, 0), (2, 0, 0))


@pytest.mark.usefixtures("app")
class TestGiveBack:
    def test_some_go_back_and_the_rest_stays_bought(self):
        bought = Bought(3)

        services.give_back(bought.manager, bought.purchase, seats=2)

        assert (bought.open_seats, bought.figures, bought.purchase.state) == ((9, 0), (1, 0, 0), State.AGREED)
        assert events_of(bought.purchase)[-1] == Event.RETURNED

    def test_all_end_the_purchase(self):
        bought = Bought(3)

        services.give_back(bought.manager, bought.purchase, seats=3)

        assert (bought.open_seats, bought.purchase.state) == ((10, 0), State.RETURNED)

    def test_what_is_kept_for_somebody_stays(self):
        bought = Bought(3)
        bought.name(nominee(), nominee())

        with pytest.raises(NotNow, match="kept for nobody"):
            services.give_back(bought.manager, bought.purchase, seats=2)
        assert bought.figures == (3, 0, 2)

    def test_whoever_waits_moves_up(self):
        bought = Bought(10)
        (person,) = make_learners(1)
        waiting = enrolment_services.apply(person, bought.cohort, funding=[Funding.EMPLOYER])

        services.give_back(bought.manager, bought.purchase, seats=4)

        db.session.refresh(waiting)
        assert (waiting.state, bought.open_seats, bought.figures) == (EnrolmentState.OFFERED, (4, 1), (6, 0, 0))


@pytest.mark.usefixtures("app")
def test_a_cancelled_cohort_releases_all():
    bought, asked = Bought(3), Bought(agreed=False)
    cohort_services.cancel(bought.head, bought.cohort, reason="Too few")
    cohort_services.cancel(asked.head, asked.cohort, reason="Too few")
    run_due()

    assert (bought.purchase.state, asked.purchase.state) == (State.RELEASED, State.RELEASED)


@pytest.mark.usefixtures("app")
def test_whom_it_does_not_concern_does_not_see_it():
    bought = Bought(3)
    strangers: list[Actor] = [
        actor_of(make_employer(), Role.MANAGER),
        actor_of(bought.employer, Role.MENTOR),
        Learner(1, 1),
        Visitor(),
    ]

    for one in strangers:
        with pytest.raises(NotFound):
            queries.purchase(one, bought.key)
        assert not policies.can_see(one, bought.purchase)
    assert queries.purchase(bought.recruiter, bought.key).id == bought.key


@pytest.mark.usefixtures("app")
def test_the_school_changes_only_what_is_open_to_all():
    bought = Bought(3)
    make_enrolment(bought.cohort, funding=Funding.STATE)

    enrolment_services.change_seats(bought.head, bought.cohort, seats={Funding.STATE: 5, Funding.EMPLOYER: 1})

    assert (bought.open_seats, bought.figures) == ((1, 0), (3, 0, 0))
