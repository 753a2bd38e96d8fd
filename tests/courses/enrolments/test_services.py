"""Seat or queue, moving up, ending."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_version, pool_of
from tests.factories import actor_of, events_of, learner, make_member, make_minor, make_school, make_trainee, save
from training.audit.queries import history
from training.courses.cohorts import services as cohort_services
from training.courses.cohorts.workflow import Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import queries, services, tasks
from training.courses.enrolments.workflow import Event, Leaving, Notice, State
from training.jobs import worker
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.disclosures.policies import visible_to as trainees_visible_to
from training.trainees.engagements.queries import of as engagements_of
from training.trainees.profiles.models import Trainee
from training.turns import services as turns
from training.turns.queries import waiting

STATE, PAID = Funding.STATE, Funding.PAID


def apply(cohort, trainee=None, *, funding=(STATE,)):
    return services.apply(learner(trainee or make_trainee()), cohort, funding=list(funding))


def told(notice):
    db.session.rollback()
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value).order_by(Notification.id)))


def fresh(enrolment):
    db.session.rollback()
    db.session.expire_all()
    return queries.enrolment(SYSTEM, enrolment.id)


@pytest.mark.usefixtures("app")
class TestApply:
    def test_gives_a_free_seat_at_once(self):
        cohort, trainee = make_cohort(seats=1), make_trainee()

        enrolment = apply(cohort, trainee)

        assert (fresh(enrolment).state, pool_of(cohort).held) == (State.ENROLLED, 1)
        assert events_of(enrolment) == [Event.APPLIED, Event.ENROLLED]
        assert told(Notice.ENROLLED) == [trainee.account_id]

    def test_opens_the_profile_to_the_school_and_says_where_the_trainee_is(self):
        cohort, trainee = make_cohort(), make_trainee()
        school = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        apply(cohort, trainee)

        db.session.rollback()
        assert [one.id for one in db.session.scalars(trainees_visible_to(school))] == [trainee.id]
        (study,) = engagements_of(trainee.id)
        assert (study.organisation_id, study.from_on, study.until_on) == (cohort.school_id, cohort.starts_on, cohort.ends_on)
        assert db.session.get_one(Trainee, trainee.id).school_id == cohort.school_id

    def test_puts_the_next_person_into_the_queue_with_a_rank(self):
        cohort = make_cohort(seats=1)
        apply(cohort)
        first, second = apply(cohort), apply(cohort)

        ranks = queries.ranks([cohort.id])

        pool = pool_of(cohort)
        assert [fresh(one).state for one in (first, second)] == [State.WAITLISTED, State.WAITLISTED]
        assert ranks == {first.id: {pool.id: 1}, second.id: {pool.id: 2}}
        assert pool.held == 1

    def test_takes_a_seat_of_the_first_named_kind_that_has_one(self):
        cohort = make_cohort(seats={STATE: 1, PAID: 1})
        apply(cohort)

        enrolment = apply(cohort, funding=(STATE, PAID))

        assert enrolment.pool_id == pool_of(cohort, PAID).id

    def test_queues_only_for_the_kinds_that_were_named(self):
        cohort = make_cohort(seats={STATE: 1, PAID: 1})
        apply(cohort)

        enrolment = apply(cohort)

        assert (fresh(enrolment).state, pool_of(cohort, PAID).held) == (State.WAITLISTED, 0)

    def test_takes_minors(self):
        assert apply(make_cohort(), make_minor()).state is State.ENROLLED

    def test_takes_nobody_twice(self):
        cohort, trainee = make_cohort(), make_trainee()
        apply(cohort, trainee)

        with pytest.raises(NotNow):
            apply(cohort, trainee)

        db.session.rollback()
        assert pool_of(cohort).held == 1

    def test_keeps_why_somebody_left_by_its_kind_and_the_words_beside(self):
        trainee = make_trainee()
        enrolment = apply(make_cohort(), trainee)

        services.withdraw(learner(trainee), enrolment, because=Leaving.WORK, words="DAAZ took me on")

        happened, detail = history(("enrolment", enrolment.id))[0]
        assert (fresh(enrolment).left_because, happened.facts["because"]) == (Leaving.WORK, "work")
        assert detail == {"reason": "DAAZ took me on"}

    def test_takes_somebody_again_who_had_left(self):
        cohort, trainee = make_cohort(), make_trainee()
        services.withdraw(learner(trainee), apply(cohort, trainee), because=Leaving.MOVE)

        assert apply(cohort, trainee).state is State.ENROLLED

    @pytest.mark.parametrize("state", [CohortState.PLANNED, CohortState.CLOSED, CohortState.RUNNING, CohortState.CANCELLED])
    def test_needs_open_applications(self, state):
        with pytest.raises(NotNow):
            apply(make_cohort(state=state))

    def test_needs_a_kind_of_seat(self):
        with pytest.raises(NotNow):
            apply(make_cohort(seats={STATE: 1}), funding=(PAID,))

    def test_is_for_trainees(self):
        cohort = make_cohort()

        with pytest.raises(NotAllowed):
            services.apply(actor_of(cohort.programme_version.programme.school, Role.MANAGER), cohort, funding=[STATE])  # type: ignore[arg-type]

    def test_leaves_a_school_that_knows_the_same_person_by_its_roster_alone(self):
        cohort, trainee = make_cohort(), make_trainee()
        double = Trainee(slug="double", school_id=cohort.school_id)
        double.call(family_name=trainee.family_name, given_name=trainee.given_name, patronymic=None, born_on=trainee.born_on)
        save(double)

        assert apply(cohort, trainee).state is State.ENROLLED
        db.session.rollback()
        assert db.session.get_one(Trainee, trainee.id).school_id is None


@pytest.mark.usefixtures("app")
class TestMovingUp:
    def test_a_withdrawal_holds_the_seat_for_the_next(self):
        cohort = make_cohort(seats=1)
        seated, following, last = make_trainee(), make_trainee(), make_trainee()
        leaving, promoted, waits = apply(cohort, seated), apply(cohort, following), apply(cohort, last)

        services.withdraw(learner(seated), leaving, because=Leaving.MOVE)

        assert [fresh(one).state for one in (leaving, promoted, waits)] == [State.WITHDRAWN, State.OFFERED, State.WAITLISTED]
        assert pool_of(cohort).held == 1
        assert queries.ranks([cohort.id]) == {waits.id: {pool_of(cohort).id: 1}}
        assert told(Notice.OFFERED) == [following.account_id]
        (turn,) = waiting([("trainee", following.id)])
        assert (turn.verb, turn.silence, turn.due_at) == ("claim", "lapse", fresh(promoted).claim_until_at)

    def test_the_deadline_is_48_hours_but_not_after_the_last_joining_day(self):
        cohort = make_cohort(seats=1, closes_on=clock.today("Europe/Samara"), joins_until_on=clock.today("Europe/Samara"))
        trainee = make_trainee()
        leaving, promoted = apply(cohort, trainee), apply(cohort)

        services.withdraw(learner(trainee), leaving, because=Leaving.MOVE)

        assert fresh(promoted).claim_until_at == clock.end_of(cohort.joins_until_on, "Europe/Samara")

    def test_claiming_takes_the_seat(self):
        cohort, trainee = make_cohort(seats=1), make_trainee()
        offered = make_enrolment(cohort, trainee, state=State.OFFERED)

        services.claim(learner(trainee), offered)

        assert (fresh(offered).state, pool_of(cohort).held) == (State.ENROLLED, 1)
        assert events_of(offered) == [Event.CLAIMED]
        assert waiting([("trainee", trainee.id)]) == []

    def test_claiming_too_late_is_refused(self):
        trainee = make_trainee()
        offered = make_enrolment(trainee=trainee, state=State.OFFERED)

        with clock.at(clock.now() + timedelta(days=3)), pytest.raises(NotNow):
            services.claim(learner(trainee), offered)

    def test_declining_passes_the_seat_on(self):
        cohort, trainee = make_cohort(seats=1), make_trainee()
        offered = make_enrolment(cohort, trainee, state=State.OFFERED)
        following = apply(cohort)

        services.decline(learner(trainee), offered)

        assert [fresh(one).state for one in (offered, following)] == [State.WITHDRAWN, State.OFFERED]

    def test_silence_passes_the_seat_on(self):
        cohort = make_cohort(seats=1)
        seated = make_trainee()
        leaving, silent, following = apply(cohort, seated), apply(cohort), apply(cohort)
        services.withdraw(learner(seated), leaving, because=Leaving.MOVE)

        with clock.at(clock.now() + timedelta(hours=49)):
            turns.expire()
            worker.run_due()

        assert [fresh(one).state for one in (silent, following)] == [State.LAPSED, State.OFFERED]
        assert pool_of(cohort).held == 1

    def test_silence_within_the_time_changes_nothing(self):
        offered = make_enrolment(state=State.OFFERED)

        tasks.lapse(offered.id)

        assert fresh(offered).state is State.OFFERED

    def test_only_those_who_named_the_kind_of_seat_move_up(self):
        cohort = make_cohort(seats={STATE: 1, PAID: 1})
        payer = make_trainee()
        leaving = apply(cohort, payer, funding=(PAID,))
        apply(cohort)
        poor, either = apply(cohort, funding=(STATE,)), None
        either = make_enrolment(cohort, state=State.WAITLISTED, funding=PAID)

        services.withdraw(learner(payer), leaving, because=Leaving.MOVE)

        assert [fresh(one).state for one in (poor, either)] == [State.WAITLISTED, State.OFFERED]

    def test_after_the_last_joining_day_a_seat_stays_free(self):
        cohort = make_cohort(seats=1, state=CohortState.CLOSED, joins_until_on=clock.today("Europe/Samara") - timedelta(days=1))
        trainee = make_trainee()
        leaving, waits = make_enrolment(cohort, trainee), make_enrolment(cohort, state=State.WAITLISTED)

        services.withdraw(learner(trainee), leaving, because=Leaving.MOVE)

        assert (fresh(waits).state, pool_of(cohort).held) == (State.WAITLISTED, 0)

    def test_more_seats_move_the_queue_up_at_once(self):
        cohort = make_cohort(seats=1)
        apply(cohort)
        waiting_ones = [apply(cohort) for _ in range(3)]
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        moved = services.change_seats(manager, cohort, seats={STATE: 3})

        assert moved == 2
        assert [fresh(one).state for one in waiting_ones] == [State.OFFERED, State.OFFERED, State.WAITLISTED]
        assert pool_of(cohort).held == 3

    def test_seats_never_go_below_those_held(self):
        cohort = make_cohort(seats=2)
        apply(cohort)
        apply(cohort)
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        with pytest.raises(NotNow):
            services.change_seats(manager, cohort, seats={STATE: 1})


@pytest.mark.usefixtures("app")
class TestEnding:
    def test_expelling_gives_the_seat_to_the_next_and_says_why(self):
        cohort = make_cohort(seats=1)
        seated, following = apply(cohort), apply(cohort)
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        services.expel(manager, seated, reason="Three months of absence")

        assert [fresh(one).state for one in (seated, following)] == [State.EXPELLED, State.OFFERED]
        assert events_of(seated)[-1] == Event.EXPELLED
        assert engagements_of(seated.trainee_id) == []

    def test_refusing_takes_somebody_out_of_the_queue(self):
        cohort = make_cohort(seats=1)
        apply(cohort)
        waits = apply(cohort)
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        services.refuse(manager, waits, reason="A first qualification is needed")

        assert fresh(waits).state is State.REFUSED

    def test_leave_keeps_the_seat(self):
        enrolment = make_enrolment()
        manager = actor_of(enrolment.cohort.programme_version.programme.school, Role.MANAGER)

        services.take_leave(manager, enrolment, reason="Army service")
        on_leave = fresh(enrolment).state
        services.come_back(manager, queries.enrolment(manager, enrolment.id))

        assert (on_leave, fresh(enrolment).state, pool_of(enrolment.cohort).held) == (State.ON_LEAVE, State.ENROLLED, 1)

    def test_a_teacher_completes_everybody_who_studies(self):
        cohort = make_cohort(state=CohortState.RUNNING)
        one, two, away = make_enrolment(cohort), make_enrolment(cohort), make_enrolment(cohort, state=State.ON_LEAVE)
        teacher = actor_of(cohort.programme_version.programme.school, Role.TEACHER)

        number = services.complete_all(teacher, cohort)

        assert number == 2
        assert [fresh(each).state for each in (one, two, away)] == [State.COMPLETED, State.COMPLETED, State.ON_LEAVE]

    def test_nobody_completes_before_training_began(self):
        enrolment = make_enrolment()

        with pytest.raises(NotNow):
            services.complete(actor_of(enrolment.cohort.programme_version.programme.school, Role.MANAGER), enrolment)

    def test_completing_promotes_nobody(self):
        cohort = make_cohort(seats=1, state=CohortState.RUNNING)
        enrolment = make_enrolment(cohort)

        services.complete(actor_of(cohort.programme_version.programme.school, Role.MANAGER), enrolment)

        assert pool_of(cohort).held == 1

    def test_another_school_decides_nothing(self):
        stranger = actor_of(make_school(), Role.MANAGER)
        enrolment = make_enrolment()

        with pytest.raises(NotAllowed):
            services.expel(stranger, enrolment, reason="No")

    def test_when_training_begins_those_who_wait_are_told(self):
        cohort = make_cohort(seats=1, state=CohortState.CLOSED)
        trainee = make_trainee()
        seated, waits = make_enrolment(cohort), make_enrolment(cohort, trainee, state=State.WAITLISTED)

        cohort_services.start(SYSTEM, cohort)
        worker.run_due()

        assert [fresh(one).state for one in (seated, waits)] == [State.ENROLLED, State.LAPSED]
        assert told(Notice.MISSED) == [trainee.account_id]

    def test_when_a_cohort_is_cancelled_everybody_is_told_why(self):
        cohort = make_cohort(seats=1)
        one, two = make_trainee(), make_trainee()
        seated, waits = make_enrolment(cohort, one), make_enrolment(cohort, two, state=State.WAITLISTED)
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)

        cohort_services.cancel(manager, cohort, reason="Too few people")
        worker.run_due()

        assert [fresh(one).state for one in (seated, waits)] == [State.REFUSED, State.REFUSED]
        assert sorted(told(Notice.CANCELLED)) == sorted([one.account_id or 0, two.account_id or 0])
        assert pool_of(cohort).held == 0

    def test_a_hire_is_counted_once_for_what_was_completed(self):
        enrolment = make_enrolment(state=State.COMPLETED)
        programme = enrolment.cohort.programme_version.programme_id
        other = make_enrolment(make_cohort(enrolment.cohort.programme_version), state=State.COMPLETED)

        with_transaction(services.count_hire, enrolment.trainee, on=clock.today())
        with_transaction(services.count_hire, enrolment.trainee, on=clock.today() + timedelta(days=5))

        assert (fresh(enrolment).hired_on, fresh(other).hired_on) == (clock.today(), None)
        assert queries.graduates(programme) == queries.Graduates(hired=1, all=2, since=clock.today())

    def test_the_current_enrolment_is_the_newest_that_is_studied_or_completed(self):
        trainee, version = make_trainee(), make_version()
        make_enrolment(make_cohort(version), trainee, state=State.COMPLETED)
        newest = make_enrolment(make_cohort(version), trainee)
        make_enrolment(make_cohort(version), trainee, state=State.WAITLISTED)

        found = queries.current_of(trainee.id)

        assert found is not None
        assert (found.id, found.cohort.programme_version.programme.title) == (newest.id, version.programme.title)


def with_transaction(verb, *args, **kwargs):
    with writing():
        return verb(*args, **kwargs)


@pytest.mark.usefixtures("app")
def test_a_manager_of_the_school_is_told_of_enrolments():
    cohort = make_cohort()
    manager = make_member(cohort.programme_version.programme.school, Role.MANAGER)
    trainee = make_trainee()

    apply(cohort, trainee)

    assert sorted(told(Notice.ENROLLED)) == sorted([trainee.account_id or 0, manager.account_id])
