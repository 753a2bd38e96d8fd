"""Evaluations, the passport they feed, and the end of a placement."""

from datetime import timedelta

import pytest

from tests.factories import acting, actor_of, events_of, learner, make_employer
from tests.internships.factories import loaded, make_entry, make_opening, make_placement, mentor_of, today
from training.internships.evaluations import queries, services
from training.internships.evaluations.workflow import By, Event, Recommendation
from training.internships.logbooks.workflow import State as EntryState
from training.internships.placements import queries as placements
from training.internships.placements.skills import asked_of
from training.internships.placements.workflow import State
from training.kernel import clock
from training.kernel.db import NotFound
from training.kernel.policy import NotAllowed, NotNow, Role
from training.trainees.disclosures import queries as disclosures
from training.trainees.passport import queries as passport

pytestmark = pytest.mark.usefixtures("app")


def ending(**given):
    """A placement whose last day is today."""
    first = today() - timedelta(days=5)
    return make_placement(state=State.ACTIVE, opening=make_opening(starts_on=first, ends_on=today()), **given)


def rated(placement, level=3):
    return {skill.id: level for skill, _asked in asked_of(placement)}


def by_mentor(placement, **given):
    values = {"ratings": rated(placement), "comment": "Careful and quick.", "recommendation": Recommendation.HIRE} | given
    return services.write(acting(mentor_of(placement)), loaded(placement), **values)


class TestWrite:
    def test_the_mentors_ratings_go_into_the_passport(self):
        placement = ending()

        evaluation = by_mentor(placement)

        levels = passport.levels([placement.trainee_id])[placement.trainee_id]
        assert set(levels.values()) == {3}
        assert len(levels) == 2
        assert {one.organisation_id for _skill, _level, shown in passport.of(placement.trainee_id) for one in shown} == {
            placement.employer_id
        }
        assert events_of(evaluation) == [Event.WRITTEN]

    def test_the_mentor_rates_every_skill(self):
        with pytest.raises(NotNow, match="Rate every skill"):
            by_mentor(ending(), ratings={})

    def test_nobody_rates_skills_of_another_placement(self):
        with pytest.raises(NotNow, match="does not belong"):
            by_mentor(ending(), ratings={1_000_000: 4})

    def test_a_side_writes_once(self):
        placement = ending()
        by_mentor(placement)

        with pytest.raises(NotNow, match="stays as it is"):
            by_mentor(placement)

    def test_waits_until_the_placement_has_begun(self):
        with pytest.raises(NotNow, match="has begun"):
            by_mentor(make_placement(state=State.AGREED))

    def test_the_mentor_reads_the_trainees_own_after_writing(self):
        placement = ending()
        services.write(learner(placement.trainee), placement, ratings={}, comment="I learned to measure.")
        mentor = acting(mentor_of(placement))

        assert queries.of_placement(mentor, loaded(placement)) == []
        by_mentor(placement)

        assert [one.by for one in queries.of_placement(mentor, loaded(placement))] == [By.TRAINEE, By.MENTOR]

    def test_a_manager_who_is_not_the_mentor_does_not_evaluate(self):
        placement = ending()

        with pytest.raises(NotAllowed):
            services.write(actor_of(placement.employer, Role.MANAGER), placement, ratings={}, comment="Fine.")


class TestDisagree:
    def test_the_trainees_comment_stands_beside_the_evaluation(self):
        placement = ending()
        evaluation = by_mentor(placement)
        actor = learner(loaded(placement).trainee)

        services.disagree(actor, queries.evaluation(actor, evaluation.id), comment="I was ill for two days.")

        assert queries.evaluation(actor, evaluation.id).disagreement == "I was ill for two days."

    def test_nobody_else_does_it_for_them(self):
        evaluation = by_mentor(ending())

        with pytest.raises(NotAllowed):
            services.disagree(actor_of(make_employer(), Role.MANAGER), evaluation, comment="No.")


class TestComplete:
    def test_ends_the_stay_and_frees_the_mentor(self):
        placement = ending()
        make_entry(placement, state=EntryState.COUNTERSIGNED)
        by_mentor(placement)
        manager = actor_of(loaded(placement).employer, Role.MANAGER)

        services.complete(manager, loaded(placement))

        assert loaded(placement).state is State.COMPLETED
        assert placements.load_of(placement.mentor_id) == 0
        assert disclosures.trainee(manager, placement.trainee_id).id == placement.trainee_id

    def test_says_everything_that_is_missing(self):
        placement = make_placement(state=State.ACTIVE)
        make_entry(placement)
        officer = actor_of(placement.school, Role.PLACEMENT_OFFICER)

        with pytest.raises(NotNow) as refusal:
            services.complete(officer, loaded(placement))

        assert len(refusal.value.sentences) == 4

    def test_the_employers_profile_of_the_trainee_ends_a_year_later(self):
        placement = ending()
        make_entry(placement, state=EntryState.COUNTERSIGNED)
        by_mentor(placement)
        manager = actor_of(loaded(placement).employer, Role.MANAGER)
        services.complete(manager, loaded(placement))

        with clock.at(clock.now() + timedelta(days=366)), pytest.raises(NotFound):
            disclosures.trainee(manager, placement.trainee_id)
