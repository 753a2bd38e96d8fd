"""The list that is published, rounds of offers, the next in its order, conditions."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.factories import make_enrolment, pool_of
from tests.courses.selections.factories import (
    accept_all,
    again,
    applies,
    closed,
    here,
    make_applicant,
    make_group,
    make_selection,
    manager_of,
)
from tests.factories import events_of, learner, make_trainee
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolment_queries
from training.courses.enrolments import services as enrolments
from training.courses.enrolments import tasks
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.enrolments.workflow import Leaving
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import calling, standings
from training.courses.selections.workflow import Event, Notice, Tie
from training.jobs import worker
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow
from training.notices.models import Notification
from training.turns import queries as turns
from training.turns import services as turn_services

APPLIED, WAITLISTED, OFFERED, ENROLLED = EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.OFFERED, EnrolmentState.ENROLLED
STATE, PAID = Funding.STATE, Funding.PAID


def publish(cohort):
    return calling.publish(manager_of(cohort), here(cohort))


def offer(cohort, days=5):
    found = here(cohort)
    return calling.offer(manager_of(found), found, until_on=clock.today("Europe/Samara") + timedelta(days=days))


def states(*people):
    return [again(one).enrolment.state for one in people]


def told(notice):
    db.session.rollback()
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value).order_by(Notification.id)))


def of(candidacy):
    """The applicant as an actor."""
    return learner(again(candidacy).enrolment.trainee)


def claim(candidacy, **given):
    calling.take(of(candidacy), again(candidacy), **given)


def withdraw(candidacy):
    actor = of(candidacy)
    enrolments.withdraw(actor, enrolment_queries.enrolment(actor, candidacy.enrolment_id), because=Leaving.WORK)


def called(seats=2, people=4, **given):
    """A selection after its first round: as many seats, and people from the best average to the lowest."""
    cohort = make_selection(seats=seats)
    found = [make_applicant(cohort, average=500 - number, **given) for number in range(people)]
    closed(cohort)
    publish(cohort)
    offer(cohort)
    return cohort, found


@pytest.mark.usefixtures("app")
class TestPublish:
    def test_keeps_the_order_of_that_day_and_tells_each_their_own_place(self):
        cohort = make_selection(seats=1)
        second, first, third = (make_applicant(cohort, average=number) for number in (400, 450, 400))
        late = applies(cohort)

        ranking = publish(cohort)

        lines = standings.lines(ranking.id)
        assert [line.enrolment_id for line in lines] == [one.enrolment_id for one in (first, second, third)]
        assert [line.above for line in lines] == [None, Tie.AVERAGE, Tie.ARRIVAL]
        assert [line.pool_id is not None for line in lines] == [True, False, False]
        assert [again(one).enrolment.rank for one in (first, second, third, late)] == [1, 2, 3, None]
        assert told(Notice.RANKED) == [one.enrolment.trainee.account_id for one in (first, second, third)]

    def test_puts_an_accepted_priority_group_first_and_one_without_proof_not(self):
        cohort = make_selection()
        group = make_group(cohort).id
        best = make_applicant(cohort, average=500)
        claims = make_applicant(cohort, average=300, group_id=group)

        publish(cohort)

        assert [again(one).enrolment.rank for one in (claims, best)] == [1, 2]

    def test_tells_an_applicant_the_place_the_seats_and_the_last_place_within_them(self):
        cohort = make_selection(seats=2)
        people = [make_applicant(cohort, average=400) for _number in range(3)]
        publish(cohort)

        place = standings.place_of(again(people[2]).enrolment)

        assert place is not None
        assert (place.line.place, place.among, place.line.above, place.below) == (3, 3, Tie.ARRIVAL, None)
        assert place.last == {pool_of(cohort).id: 2}

    def test_needs_somebody_on_it_and_a_manager(self):
        cohort = make_selection()
        applies(cohort)

        with pytest.raises(NotNow):
            publish(cohort)
        with pytest.raises(NotAllowed):
            calling.publish(learner(make_trainee()), here(cohort))

    def test_is_followed_by_a_further_one(self):
        cohort = make_selection()
        first = make_applicant(cohort, average=400)
        publish(cohort)
        better = make_applicant(cohort, average=500)

        assert publish(cohort).number == 2
        assert [again(one).enrolment.rank for one in (better, first)] == [1, 2]


@pytest.mark.usefixtures("app")
class TestOffer:
    def test_offers_the_seats_in_the_order_of_the_list_and_lets_the_others_wait(self):
        cohort, people = called(seats=2, people=4)

        assert states(*people) == [OFFERED, OFFERED, WAITLISTED, WAITLISTED]
        assert pool_of(cohort).held == 2
        assert told(Notice.WAITING) == [one.enrolment.trainee.account_id for one in people[2:]]
        assert [one.verb for one in turns.of(again(people[0]).enrolment)] == ["claim"]
        assert (again(people[0]).enrolment.claim_until_at or clock.now()) > clock.now() + timedelta(days=4)

    def test_gives_each_the_first_of_the_seats_they_named_that_has_room(self):
        cohort = make_selection(seats={STATE: 1, PAID: 1})
        both = [STATE, PAID]
        first, second, third = (
            make_applicant(cohort, average=500, funding=both),
            make_applicant(cohort, average=450, funding=both),
            make_applicant(cohort, average=400, funding=both),
        )
        closed(cohort)
        publish(cohort)

        offer(cohort)

        assert [again(one).enrolment.pool_id for one in (first, second)] == [pool_of(cohort).id, pool_of(cohort, PAID).id]
        assert states(third) == [WAITLISTED]

    def test_shows_before_what_it_will_do(self):
        cohort = make_selection(seats=2)
        people = [make_applicant(cohort, average=500 - number) for number in range(3)]
        publish(cohort)

        coming = standings.coming(cohort.id)
        [call] = coming.calls

        assert ([row.id for row in call.people], call.people[-1].average, coming.waiting) == (
            [one.enrolment_id for one in people[:2]],
            499,
            1,
        )

    def test_leaves_who_is_not_on_the_list_where_they_are(self):
        cohort = make_selection()
        make_applicant(cohort)
        late = applies(cohort)
        closed(cohort)
        publish(cohort)

        offer(cohort)

        assert states(late) == [APPLIED]

    def test_needs_closed_applications_a_list_and_days_to_come(self):
        cohort = make_selection()
        make_applicant(cohort)
        with pytest.raises(NotNow, match="Close the applications"):
            offer(cohort)
        closed(cohort)
        with pytest.raises(NotNow, match="Publish"):
            offer(cohort)
        publish(cohort)
        with pytest.raises(NotNow, match="last day"):
            offer(cohort, days=-1)
        with pytest.raises(NotNow, match="last day"):
            offer(cohort, days=60)

    def test_is_followed_by_a_second_round_that_fills_what_was_left(self):
        cohort = make_selection(seats=3)
        best = make_applicant(cohort, average=500)
        late = applies(cohort, average=450)
        closed(cohort)
        publish(cohort)
        assert offer(cohort).offered == 1
        accept_all(late)

        publish(cohort)
        second = offer(cohort)

        assert (second.number, second.offered) == (2, 1)
        assert states(best, late) == [OFFERED, OFFERED]
        assert events_of(cohort) == [Event.PUBLISHED, Event.CALLED, Event.PUBLISHED, Event.CALLED]

    def test_counts_seats_that_others_hold_already(self):
        cohort = make_selection(seats=2)
        make_enrolment(cohort)
        people = [make_applicant(cohort, average=500 - number) for number in range(2)]
        closed(cohort)
        publish(cohort)

        offer(cohort)

        assert (states(*people), pool_of(cohort).held) == ([OFFERED, WAITLISTED], 2)


@pytest.mark.usefixtures("app")
class TestTheNext:
    def test_is_called_at_once_in_the_order_of_the_list(self):
        cohort, (first, _second, third, last) = called(seats=2, people=4)

        actor = of(first)
        enrolments.decline(actor, enrolment_queries.enrolment(actor, first.enrolment_id))

        assert states(third, last) == [OFFERED, WAITLISTED]
        assert pool_of(cohort).held == 2
        place = standings.place_of(again(last).enrolment)
        assert place is not None
        assert place.called == {pool_of(cohort).id: 3}

    def test_comes_by_rank_and_not_by_arrival(self):
        cohort = make_selection(seats=1)
        early, late, best = make_applicant(cohort, average=300), make_applicant(cohort, average=400), make_applicant(cohort, average=500)
        closed(cohort)
        publish(cohort)
        offer(cohort)
        assert enrolment_queries.ranks([cohort.id]) == {
            late.enrolment_id: {pool_of(cohort).id: 1},
            early.enrolment_id: {pool_of(cohort).id: 2},
        }

        withdraw(best)

        assert states(late, early) == [OFFERED, WAITLISTED]

    def test_is_called_when_nobody_took_the_seat_in_time(self):
        _cohort, (first, second) = called(seats=1, people=2)
        until = again(first).enrolment.claim_until_at
        assert until is not None

        with clock.at(until + timedelta(minutes=1)):
            turn_services.expire()
            worker.run_due()

        assert states(first, second) == [EnrolmentState.LAPSED, OFFERED]

    def test_is_called_when_there_are_more_seats(self):
        cohort, (_first, second) = called(seats=1, people=2)

        enrolments.change_seats(manager_of(cohort), here(cohort), seats={STATE: 2})

        assert states(second) == [OFFERED]

    def test_is_nobody_before_the_first_round(self):
        cohort = make_selection(seats=1)
        make_applicant(cohort)
        publish(cohort)

        enrolments.change_seats(manager_of(cohort), here(cohort), seats={STATE: 5})

        assert pool_of(cohort).held == 0

    def test_is_told_that_training_began_without_them(self):
        cohort, (_first, second) = called(seats=1, people=2)
        late = applies(make_selection())

        tasks.miss(cohort.id)
        tasks.miss(late.enrolment.cohort_id)

        assert states(second, late) == [EnrolmentState.LAPSED, EnrolmentState.LAPSED]


@pytest.mark.usefixtures("app")
class TestTake:
    def test_ends_what_is_wanted_less_only_after_asking(self):
        trainee = make_trainee()
        cohort = make_selection(seats=1)
        taken = make_applicant(cohort, trainee, priority=2)
        wanted, less, least = (applies(make_selection(), trainee, priority=number) for number in (1, 3, 4))
        closed(cohort)
        publish(cohort)
        offer(cohort)

        assert [one.id for one in calling.lower(again(taken))] == [less.enrolment_id, least.enrolment_id]
        claim(taken, ending={less.enrolment_id, wanted.enrolment_id})

        assert states(taken, wanted, less, least) == [ENROLLED, APPLIED, EnrolmentState.WITHDRAWN, APPLIED]

    def test_gives_a_seat_held_elsewhere_to_the_next_there(self):
        trainee = make_trainee()
        lower, better = make_selection(seats=1), make_selection(seats=1)
        held, follows = make_applicant(lower, trainee, priority=2, average=500), make_applicant(lower, average=400)
        best = make_applicant(better, trainee, priority=1)
        for cohort in (lower, better):
            closed(cohort)
            publish(cohort)
            offer(cohort)

        claim(best, ending={held.enrolment_id})

        assert states(best, held, follows) == [ENROLLED, EnrolmentState.WITHDRAWN, OFFERED]

    def test_is_the_applicants(self):
        _cohort, (first, second) = called(seats=1, people=2)

        with pytest.raises(NotAllowed):
            calling.take(of(second), again(first))


@pytest.mark.usefixtures("app")
class TestCondition:
    def condition(self, candidacy, days=10):
        found = again(candidacy)
        words = "A certificate in mathematics"
        calling.set_condition(
            manager_of(found.enrolment.cohort), found, words=words, until_on=clock.today() + timedelta(days=days), module="Maths, 36 h"
        )

    def test_is_told_at_once_and_goes_with_the_offer(self):
        cohort = make_selection(seats=1)
        first = make_applicant(cohort)
        self.condition(first)
        assert told(Notice.CONDITION_SET) == [again(first).enrolment.trainee.account_id]
        closed(cohort)
        publish(cohort)

        offer(cohort)

        assert sorted(one.verb for one in turns.of(again(first).enrolment)) == ["claim", "judge"]
        claim(first)
        assert [one.verb for one in turns.of(again(first).enrolment)] == ["judge"]
        calling.meet(manager_of(cohort), again(first))
        assert (states(first), again(first).condition_met, turns.of(again(first).enrolment)) == ([ENROLLED], True, [])

    def test_that_is_not_met_gives_the_seat_to_the_next(self):
        cohort = make_selection(seats=1)
        first, second = make_applicant(cohort, average=500), make_applicant(cohort, average=400)
        self.condition(first)
        closed(cohort)
        publish(cohort)
        offer(cohort)
        claim(first)

        calling.fail(manager_of(cohort), again(first), reason="Not passed.")

        assert states(first, second) == [EnrolmentState.REFUSED, OFFERED]
        assert again(first).condition_met is False
        assert events_of(first.enrolment)[-2:] == [Event.CONDITION_FAILED, EnrolmentEvent.REFUSED]

    def test_is_set_before_the_seat_is_offered_and_judged_once(self):
        _cohort, (first, second) = called(seats=1, people=2)
        with pytest.raises(NotNow):
            self.condition(first)
        with pytest.raises(NotNow):
            self.condition(second, days=-1)
        self.condition(second)
        calling.meet(manager_of(second.enrolment.cohort), again(second))

        with pytest.raises(NotNow):
            calling.meet(manager_of(second.enrolment.cohort), again(second))
