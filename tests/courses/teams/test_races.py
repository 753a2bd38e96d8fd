"""Teams under a race, and whatever is done in whatever order: seats are never oversold, and no team is split when it enters."""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.courses.enrolments.test_races import race
from tests.courses.factories import make_cohort, make_enrolment, pool_of
from tests.courses.teams.factories import Crew, again, leave, make_team
from tests.factories import learner, make_learners, make_trainee
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED, Leaving, State
from training.courses.teams import queries, services
from training.courses.teams.models import TeamMember
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import Contended, db
from training.kernel.policy import Learner, NotNow
from training.turns.services import expire


def apply(actor: Learner, cohort: Cohort) -> None:
    studying.apply(actor, cohort, funding=[Funding.STATE])


def seated(cohort: Cohort) -> int:
    return db.session.scalar(select(func.count()).where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(SEATED))) or 0


def figures(cohort: Cohort) -> tuple[int, int, int]:
    """People on seats, seats held, seats gathered."""
    db.session.rollback()
    db.session.expire_all()
    pool = pool_of(cohort)
    return seated(cohort), pool.held, pool.promised


def sending(*crews: Crew):
    """What each leader does, by who they are; others apply alone."""
    teams = {crew.people[0].trainee_id: crew.key for crew in crews}

    def act(actor: Learner, cohort: Cohort) -> None:
        if actor.trainee_id in teams:
            services.send_in(actor, queries.team(actor, teams[actor.trainee_id]))
        else:
            apply(actor, cohort)

    return act


@pytest.mark.parametrize("_round", range(3))
def test_of_two_teams_of_three_one_gets_three_of_five_seats(committing_app, _round):
    cohort = make_cohort(seats=5)
    first, second = make_team(cohort, 3), make_team(cohort, 3)

    broken = race(committing_app, cohort.id, [first.people[0], second.people[0]], act=sending(first, second), at_once=2)

    assert broken == []
    assert figures(cohort) == (3, 3, 2)
    assert sorted([first.states, second.states]) == [["enrolled"] * 3, ["waitlisted"] * 3]


@pytest.mark.parametrize("_round", range(3))
def test_a_team_and_single_people_for_four_seats(committing_app, _round):
    cohort, alone = make_cohort(seats=4), make_learners(7)
    crew = make_team(cohort, 3)

    broken = race(committing_app, cohort.id, [*alone[:3], crew.people[0], *alone[3:]], act=sending(crew), at_once=8)

    found, states = figures(cohort), crew.states
    assert broken == []
    assert states in (["enrolled"] * 3, ["waitlisted"] * 3)
    assert found[0] == found[1] == (4 if states[0] == "enrolled" else found[0])
    assert found[1] + found[2] == 4


@pytest.mark.parametrize("_round", range(5))
def test_the_last_two_say_yes_at_the_same_time_and_all_enter(committing_app, _round):
    cohort = make_cohort(seats=3)
    held = [make_enrolment(cohort).id for _ in range(3)]
    crew = make_team(cohort, 3, sent=True)
    for key in held:
        leave(key)
    crew.claim(0)

    def act(actor: Learner, loaded: Cohort) -> None:
        mine = enrolments.own_in(actor, loaded.id)
        assert mine is not None
        studying.claim(actor, mine)

    broken = race(committing_app, cohort.id, crew.people[1:], act=act, at_once=2)

    assert broken == []
    assert (crew.states, figures(cohort)) == (["enrolled"] * 3, (3, 3, 0))


@pytest.mark.parametrize("_round", range(3))
def test_one_says_yes_while_the_other_says_no(committing_app, _round):
    cohort = make_cohort(seats=2)
    held = [make_enrolment(cohort).id for _ in range(2)]
    crew = make_team(cohort, 2, sent=True)
    for key in held:
        leave(key)

    def act(actor: Learner, loaded: Cohort) -> None:
        key = loaded.id
        for _try in range(3):
            mine = enrolments.own_in(actor, key)
            assert mine is not None
            try:
                (studying.claim if actor == crew.people[0] else studying.decline)(actor, mine)
            except Contended:  # the gate visits again, too
                db.session.rollback()
                db.session.expunge_all()
            else:
                return

    broken = race(committing_app, cohort.id, crew.people, act=act, at_once=2)

    assert broken == []
    assert (crew.states, figures(cohort)) == (["waitlisted", "withdrawn"], (0, 0, 0))


class Queue:
    """A cohort of four seats and everything that can happen to it."""

    def __init__(self) -> None:
        self.cohort = make_cohort(seats=4)
        self.crews: list[Crew] = []
        self.days = 0

    def alone(self, who: int) -> None:
        apply(learner(make_trainee()), again(self.cohort))

    def team(self, who: int) -> None:
        self.crews.append(make_team(again(self.cohort), 2 + who % 3))

    def send_in(self, who: int) -> None:
        self.crew(who).send_in()

    def crew(self, who: int) -> Crew:
        if not self.crews:
            raise NotNow("no team yet")
        return self.crews[who % len(self.crews)]

    def send_again(self, who: int) -> None:
        crew = self.crew(who)
        services.send_again(crew.people[who % len(crew.people)], crew.team)

    def one(self, who: int, *states: State) -> tuple[Learner, Enrolment]:
        again(self.cohort)
        found = enrolments.standing(self.cohort.id, states)
        if not found:
            raise NotNow("nobody")
        chosen = found[who % len(found)]
        actor = learner(chosen.trainee)
        return actor, enrolments.enrolment(actor, chosen.id)

    def claim(self, who: int) -> None:
        studying.claim(*self.one(who, State.OFFERED))

    def decline(self, who: int) -> None:
        studying.decline(*self.one(who, State.OFFERED))

    def withdraw(self, who: int) -> None:
        studying.withdraw(*self.one(who, State.ENROLLED), because=Leaving.WORK)

    def leave_queue(self, who: int) -> None:
        studying.withdraw(*self.one(who, State.WAITLISTED), because=Leaving.WORK)

    def days_pass(self, who: int) -> None:
        self.days += 3 if self.days < 12 else 0
        with clock.at(clock.now() + timedelta(days=3)):
            expire()
            run_due()

    def check(self) -> None:
        people, held, gathered = figures(self.cohort)
        assert people == held <= 4
        teams: dict[int, set[State]] = defaultdict(set)
        rows = select(TeamMember.team_id, Enrolment.state).join(Enrolment, Enrolment.id == TeamMember.enrolment_id)
        for team, state in db.session.execute(rows.where(TeamMember.cohort_id == self.cohort.id)):
            teams[team].add(state)
        for states in teams.values():
            assert len(states & {State.WAITLISTED, State.OFFERED, State.ENROLLED}) <= 1, f"split: {states}"
        callable_ = enrolments.next_for(pool_of(self.cohort).id, self.cohort.admission)
        db.session.rollback()
        assert callable_ is None or held + gathered == 4, "a free seat while somebody waits for it"
        assert gathered == 0 or callable_ is not None, "gathered for nobody"


ACTS = [
    Queue.alone,
    Queue.team,
    Queue.send_in,
    Queue.send_again,
    Queue.claim,
    Queue.decline,
    Queue.withdraw,
    Queue.leave_queue,
    Queue.days_pass,
]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), min_size=5, max_size=25))
def test_whatever_is_done_no_seat_is_oversold_and_no_team_is_split(app, steps):
    queue = Queue()
    for act, who in [(Queue.team, 1), (Queue.alone, 0), *steps]:
        with suppress(NotNow):
            act(queue, who)
        db.session.rollback()
        queue.check()
