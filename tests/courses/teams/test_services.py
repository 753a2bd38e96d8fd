"""Forming a team, sending it in, and its way through the queue: all of it or none."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.courses.buying import Bought, nominee
from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, pool_of
from tests.courses.prerequisites.asking import as_a_page_loads, completes, make_asking, make_taught
from tests.courses.teams.factories import again, leave, make_team
from tests.factories import actor_of, events_of, learner, make_trainee, save
from training.accounts.models import Account
from training.courses.allocations import services as naming
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.models import SeatPool
from training.courses.cohorts.workflow import Admission, Funding
from training.courses.enrolments import moving, seats
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.moving import Order
from training.courses.enrolments.workflow import Event as StudyEvent
from training.courses.enrolments.workflow import Leaving
from training.courses.enrolments.workflow import Notice as StudyNotice
from training.courses.enrolments.workflow import State as Standing
from training.courses.teams import queries, services
from training.courses.teams.models import TeamMember
from training.courses.teams.workflow import Event, State
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.turns import services as turns


def apply(cohort):
    """Somebody alone."""
    person = learner(make_trainee())
    return person, studying.apply(person, again(cohort), funding=[Funding.STATE])


def figures(cohort):
    """Seats held, and gathered for a team."""
    pool = pool_of(cohort)
    return pool.held, pool.promised


def free_one(cohort):
    """Whoever studies longest leaves."""
    leave(next(one.id for one in enrolments.standing(cohort.id, [Standing.ENROLLED]) if one.bond_id is None))
    db.session.rollback()
    db.session.expire_all()


def manager_of(cohort):
    return actor_of(db.session.get_one(Organisation, cohort.school_id), Role.MANAGER)


def told(*names):
    """How often each of the notices was written."""
    found = [one.name for one in db.session.query(Notification)]
    return [found.count(name) for name in names]


class TestForming:
    def test_others_join_by_the_link_and_the_leader_is_told(self, app):
        crew = make_team(make_cohort(), 3)

        assert (crew.team.size, len(queries.members(crew.key)), crew.team.state) == (3, 3, State.FORMING)
        assert events_of(crew.team) == [Event.STARTED, Event.JOINED, Event.JOINED]
        assert told("team.joined") == [2]

    def test_holds_no_seat(self, app):
        cohort = make_cohort(seats=3)

        make_team(cohort, 3)

        assert figures(cohort) == (0, 0)

    def test_nobody_is_in_two_teams_of_a_cohort(self, app):
        cohort = make_cohort()
        crew, other = make_team(cohort, 2), make_team(cohort, 2)

        with pytest.raises(NotNow, match="in a team for this cohort already"):
            services.join(crew.people[1], other.team)
        with pytest.raises(NotNow, match="in a team for this cohort already"):
            services.start(crew.people[0], again(cohort), funding=Funding.STATE)

    def test_whoever_has_applied_alone_neither_starts_nor_joins_one(self, app):
        cohort = make_cohort()
        person, _enrolment = apply(cohort)
        crew = make_team(cohort, 2)

        with pytest.raises(NotNow, match="applied for this cohort alone already"):
            services.join(person, crew.team)
        with pytest.raises(NotNow, match="applied for this cohort alone already"):
            services.start(person, again(cohort), funding=Funding.STATE)

    def test_is_never_more_than_ten(self, app):
        crew = make_team(make_cohort(), 10)

        with pytest.raises(NotNow, match="full"):
            services.join(learner(make_trainee()), crew.team)

    def test_nor_more_than_there_are_seats_of_its_kind(self, app):
        crew = make_team(make_cohort(seats={Funding.STATE: 2, Funding.PAID: 9}), 2)

        with pytest.raises(NotNow, match="cannot be more than 2"):
            services.join(learner(make_trainee()), crew.team)

    def test_the_database_holds_the_limit_too(self, app):
        team = make_team(make_cohort(), 2).team
        team.size = 11

        with pytest.raises(IntegrityError, match="ten_at_most"):
            save(team)

    def test_and_that_nobody_is_in_two(self, app):
        cohort = make_cohort()
        crew, other = make_team(cohort, 2), make_team(cohort, 2)

        with pytest.raises(IntegrityError):
            save(
                TeamMember(
                    team_id=other.key, cohort_id=cohort.id, trainee_id=crew.people[0].trainee_id, joined_at=clock.now(), forming=True
                )
            )

    def test_somebody_leaves_and_joins_again(self, app):
        crew = make_team(make_cohort(), 3)

        services.leave(crew.people[1], crew.team)
        assert crew.team.size == 2
        services.join(crew.people[1], crew.team)

        assert (crew.team.size, len(queries.members(crew.key))) == (3, 3)

    def test_whoever_leads_it_dissolves_it_instead_of_leaving(self, app):
        cohort = make_cohort()
        crew = make_team(cohort, 3)

        with pytest.raises(NotAllowed):
            services.leave(crew.people[0], crew.team)
        services.dissolve(crew.people[0], crew.team)

        assert crew.team.state is State.DISSOLVED
        assert told("team.dissolved") == [2]
        assert services.start(crew.people[1], again(cohort), funding=Funding.STATE).id != crew.key

    def test_not_where_admission_is_by_selection(self, app):
        cohort = make_cohort(admission=Admission.SELECTION)

        with pytest.raises(NotNow, match="by selection"):
            services.start(learner(make_trainee()), cohort, funding=Funding.STATE)

    def test_whoever_lacks_what_the_programme_builds_on_neither_starts_nor_joins_one(self, app):
        before, first, second = make_taught(title="Metals"), make_trainee(), make_trainee()
        cohort = as_a_page_loads(make_cohort(make_asking(before)))

        with pytest.raises(NotNow, match="Metals"):
            services.start(learner(first), cohort, funding=Funding.STATE)
        completes(first, before)
        team = services.start(learner(first), as_a_page_loads(cohort), funding=Funding.STATE)
        with pytest.raises(NotNow, match="Metals"):
            services.join(learner(second), queries.by_slug(learner(second), team.slug))

        completes(second, before)
        services.join(learner(second), queries.by_slug(learner(second), team.slug))
        assert len(queries.members(team.id)) == 2

    def test_ends_when_applications_close(self, app):
        cohort = make_cohort()
        crew = make_team(cohort, 2)

        cohort_services.close_applications(manager_of(cohort), again(cohort))
        run_due()

        assert crew.team.state is State.DISSOLVED
        assert told("team.dissolved") == [2]


class TestSendIn:
    def test_all_of_them_get_seats_when_there_are_so_many(self, app):
        cohort = make_cohort(seats=5)
        crew = make_team(cohort, 3)

        assert crew.send_in()

        assert crew.states == ["enrolled"] * 3
        assert figures(cohort) == (3, 0)
        assert events_of(crew.team)[-1] == Event.SENT_IN
        assert events_of(crew.enrolment(2)) == [StudyEvent.APPLIED, StudyEvent.ENROLLED]

    def test_else_all_of_them_wait_one_after_the_other_and_what_is_free_is_gathered(self, app):
        cohort = make_cohort(seats=4)
        make_enrolment(cohort)
        make_enrolment(cohort)
        crew = make_team(cohort, 3)

        assert not crew.send_in()
        apply(cohort)

        assert crew.states == ["waitlisted"] * 3
        assert crew.ranks(cohort.id) == [1, 2, 3]
        assert figures(cohort) == (2, 2)

    def test_they_stand_behind_whoever_came_before(self, app):
        cohort = make_cohort(seats=2)
        for _ in range(2):
            apply(cohort)
        _person, before = apply(cohort)

        crew = make_team(cohort, 2, sent=True)

        assert enrolments.ranks([cohort.id])[before.id] == {pool_of(cohort).id: 1}
        assert crew.ranks(cohort.id) == [2, 3]

    def test_needs_two(self, app):
        crew = make_team(make_cohort(), 1)

        with pytest.raises(NotNow, match="at least two"):
            crew.send_in()

    def test_names_whoever_has_applied_alone_meanwhile_and_seats_nobody(self, app):
        cohort = make_cohort()
        crew = make_team(cohort, 3)
        studying.apply(crew.people[2], again(cohort), funding=[Funding.STATE])

        with pytest.raises(NotNow, match="applied alone meanwhile"):
            crew.send_in()

        assert figures(cohort) == (1, 0)
        assert crew.team.state is State.FORMING

    def test_only_by_whoever_leads_it_and_once(self, app):
        crew = make_team(make_cohort(), 2)

        with pytest.raises(NotAllowed):
            services.send_in(crew.people[1], crew.team)
        crew.send_in()
        with pytest.raises(NotNow, match="sent in already"):
            crew.send_in()

    def test_nobody_joins_after_that(self, app):
        crew = make_team(make_cohort(), 2, sent=True)

        with pytest.raises(NotNow, match="sent in already"):
            services.join(learner(make_trainee()), crew.team)


class TestQueue:
    def test_freed_seats_are_gathered_until_they_suffice_and_nobody_slips_past(self, app):
        cohort = full(3)
        crew = make_team(cohort, 3, sent=True)
        _person, behind = apply(cohort)

        free_one(cohort)
        _late, latest = apply(cohort)
        assert (crew.states, figures(cohort), latest.state) == (["waitlisted"] * 3, (2, 1), Standing.WAITLISTED)
        free_one(cohort)
        free_one(cohort)

        assert crew.states == ["offered"] * 3
        assert figures(cohort) == (3, 0)
        assert len({crew.enrolment(number).claim_until_at for number in range(3)}) == 1
        assert enrolments.enrolment(SYSTEM, behind.id).state is Standing.WAITLISTED

    def test_whoever_came_before_the_team_is_called_first(self, app):
        cohort = full(3)
        _person, before = apply(cohort)
        crew = make_team(cohort, 2, sent=True)

        free_one(cohort)

        assert enrolments.enrolment(SYSTEM, before.id).state is Standing.OFFERED
        assert (crew.states, figures(cohort)) == (["waitlisted"] * 2, (3, 0))

    def test_seats_that_the_school_adds_go_to_the_team_at_once(self, app):
        cohort = full(2)
        crew = make_team(cohort, 2, sent=True)

        moved = studying.change_seats(manager_of(cohort), again(cohort), seats={Funding.STATE: 5})

        assert (moved, crew.states, figures(cohort)) == (2, ["offered"] * 2, (4, 0))

    def test_the_school_may_take_gathered_seats_away(self, app):
        cohort = full(3)
        make_team(cohort, 3, sent=True)
        free_one(cohort)
        assert figures(cohort) == (2, 1)

        studying.change_seats(manager_of(cohort), again(cohort), seats={Funding.STATE: 2})

        assert figures(cohort) == (2, 0)

    def test_when_applications_close_gathered_seats_go_to_the_next_whom_they_suffice(self, app):
        cohort = full(3)
        crew = make_team(cohort, 3, sent=True)
        _person, behind = apply(cohort)
        free_one(cohort)
        free_one(cohort)
        assert figures(cohort) == (1, 2)

        cohort_services.close_applications(manager_of(cohort), again(cohort))
        run_due()

        assert (crew.states, figures(cohort)) == (["waitlisted"] * 3, (2, 0))
        assert enrolments.enrolment(SYSTEM, behind.id).state is Standing.OFFERED

    def test_a_team_is_still_called_later_when_enough_are_free_at_once(self, app):
        cohort = full(2)
        crew = make_team(cohort, 2, sent=True)
        cohort_services.close_applications(manager_of(cohort), again(cohort))
        run_due()

        free_one(cohort)
        assert crew.states == ["waitlisted"] * 2
        free_one(cohort)

        assert (crew.states, figures(cohort)) == (["offered"] * 2, (2, 0))

    def test_when_training_begins_all_of_them_miss_it(self, app):
        cohort = full(2)
        crew = make_team(cohort, 3 - 1, sent=True)
        free_one(cohort)
        cohort = again(cohort)
        cohort_services.close_applications(manager_of(cohort), cohort)
        cohort_services.start(manager_of(cohort), again(cohort))
        run_due()

        assert crew.states == ["lapsed"] * 2
        assert told("enrolment.missed", "enrolment.stepped_back") == [2, 0]
        assert figures(cohort) == (1, 0)


class TestClaim:
    def test_the_seats_are_taken_when_the_last_says_yes(self, app):
        cohort, crew = called(3)

        crew.claim(0)
        crew.claim(2)
        assert crew.states == ["offered"] * 3
        crew.claim(1)

        assert (crew.states, figures(cohort)) == (["enrolled"] * 3, (3, 0))
        assert StudyEvent.AGREED in events_of(crew.enrolment(0))
        assert events_of(crew.enrolment(0))[-1] == StudyEvent.CLAIMED

    def test_nobody_says_yes_twice(self, app):
        _cohort, crew = called(2)
        crew.claim(0)

        with pytest.raises(NotNow, match="said yes already"):
            crew.claim(0)

    def test_when_one_declines_nobody_enters_and_the_next_are_called(self, app):
        cohort, crew = called(3)
        _person, behind = apply(cohort)
        crew.claim(0)

        crew.decline(1)

        assert crew.states == ["waitlisted", "withdrawn", "waitlisted"]
        assert enrolments.enrolment(SYSTEM, behind.id).state is Standing.OFFERED
        assert (figures(cohort), told("enrolment.stepped_back")) == ((1, 0), [2])
        assert crew.ranks(cohort.id) == [1, 2]
        assert crew.enrolment(0).agreed_at is None

    def test_the_others_are_not_called_before_they_say_so(self, app):
        cohort, crew = called(3)
        crew.decline(1)

        _person, seated = apply(cohort)

        assert crew.states == ["waitlisted", "withdrawn", "waitlisted"]
        assert seated.state is Standing.ENROLLED

    def test_a_smaller_team_keeps_its_places(self, app):
        cohort, crew = called(3)
        crew.decline(0)

        crew.send_again(2)

        assert crew.states == ["withdrawn", "offered", "offered"]
        assert (figures(cohort), events_of(crew.team)[-1]) == ((2, 0), Event.SENT_AGAIN)
        crew.claim(1)
        crew.claim(2)
        assert crew.states == ["withdrawn", "enrolled", "enrolled"]

    def test_is_not_sent_again_while_it_waits_anyway(self, app):
        cohort = full(2)
        crew = make_team(cohort, 2, sent=True)

        with pytest.raises(NotNow, match="in the queue already"):
            crew.send_again()

    def test_all_who_stay_silent_lapse_and_whoever_said_yes_keeps_the_place(self, app):
        cohort, crew = called(3)
        crew.claim(1)

        with clock.at(clock.now() + timedelta(hours=49)):
            turns.expire()
            run_due()

        assert crew.states == ["lapsed", "waitlisted", "lapsed"]
        assert (figures(cohort), told("enrolment.lapsed", "enrolment.stepped_back")) == ((0, 0), [2, 1])

    def test_the_school_refuses_one_of_them(self, app):
        cohort, crew = called(2)

        studying.refuse(manager_of(cohort), crew.enrolment(0), reason="No papers")

        assert (crew.states, figures(cohort)) == (["refused", "waitlisted"], (0, 0))

    def test_one_leaves_while_they_wait_and_what_was_gathered_goes_to_the_next(self, app):
        cohort = full(3)
        crew = make_team(cohort, 3, sent=True)
        _person, behind = apply(cohort)
        free_one(cohort)

        studying.withdraw(crew.people[1], crew.enrolment(1), because=Leaving.WORK)

        assert crew.states == ["waitlisted", "withdrawn", "waitlisted"]
        assert (figures(cohort), enrolments.enrolment(SYSTEM, behind.id).state) == ((3, 0), Standing.OFFERED)


class TestBesideTheQueue:
    def test_one_takes_a_seat_that_an_employer_keeps_and_the_others_think_again(self, app):
        bought = Bought(2)
        cohort = bought.cohort
        for _ in range(5):
            make_enrolment(cohort)
        crew = make_team(bought.cohort, 3, sent=True)
        free_one(cohort)
        account = db.session.get_one(Account, crew.people[1].account_id)
        (key,) = bought.name(nominee(email=account.email))

        naming.accept(crew.people[1], bought.allocation(key))

        assert crew.states == ["waitlisted", "enrolled", "waitlisted"]
        assert (figures(bought.cohort), told("enrolment.stepped_back")) == ((4, 0), [2])

    def test_a_ruling_defers_one_and_the_others_think_again(self, app):
        cohort, crew = called(3)
        one, order = crew.enrolment(1), Order(ruling_id=1, number="7-C", on=clock.today(), words={})

        with writing():
            moving.leave(manager_of(cohort), [one], "defer", StudyEvent.DEFERRED, StudyNotice.DEFERRED, order=order)

        assert (crew.states, figures(again(cohort))) == (["waitlisted", "deferred", "waitlisted"], (0, 0))

    def test_the_database_refuses_a_team_for_which_there_are_too_few_seats(self, app, monkeypatch):
        cohort = make_cohort(seats=5)
        make_team(cohort, 3, sent=True)
        crew = make_team(cohort, 3)

        def unguarded(pool_id, number):
            """Takes them without looking whether they are free."""
            statement = update(SeatPool).where(SeatPool.id == pool_id).values(held=SeatPool.held + number)
            db.session.execute(statement.execution_options(synchronize_session=False))
            return True

        monkeypatch.setattr(seats, "take_several", unguarded)
        with pytest.raises(IntegrityError, match="never_oversold"):
            crew.send_in()

        assert (crew.states, figures(cohort)) == ([""] * 3, (3, 0))


class TestAfterwards:
    def test_one_withdraws_and_the_others_keep_their_seats(self, app):
        cohort = make_cohort(seats=3)
        crew = make_team(cohort, 3, sent=True)

        studying.withdraw(crew.people[1], crew.enrolment(1), because=Leaving.WORK)

        assert (crew.states, figures(cohort)) == (["enrolled", "withdrawn", "enrolled"], (2, 0))

    def test_also_when_they_came_through_the_queue(self, app):
        cohort, crew = called(3)
        for number in range(3):
            crew.claim(number)

        studying.withdraw(crew.people[1], crew.enrolment(1), because=Leaving.WORK)

        assert (crew.states, figures(cohort)) == (["enrolled", "withdrawn", "enrolled"], (2, 0))


def full(seats, **given):
    """A cohort without a free seat."""
    cohort = make_cohort(seats=seats, **given)
    for _ in range(seats):
        make_enrolment(cohort)
    return cohort


def called(number):
    """A cohort whose seats are all held for a team."""
    cohort = full(number)
    crew = make_team(cohort, number, sent=True)
    for _ in range(number):
        free_one(cohort)
    assert crew.states == ["offered"] * number
    return again(cohort), crew
