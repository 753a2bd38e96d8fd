"""Whoever lacks what a programme builds on is not let in, by whichever way they come."""

from typing import Any

import pytest

from tests.courses.buying import Bought, make_worker, nominee
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.courses.prerequisites.asking import again, as_a_page_loads, completes, make_asking, make_taught
from tests.courses.rulings.acting import drafted, fresh, loaded, manager, running, school_of, studying
from tests.courses.selections.factories import make_selection
from tests.factories import actor_of, learner, make_trainee
from training.courses.allocations import services as naming
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import services
from training.courses.enrolments.workflow import State
from training.courses.programmes import services as versions
from training.courses.programmes.workflow import Needs
from training.courses.rulings.prospects import prospects
from training.courses.rulings.workflow import Kind, What
from training.courses.selections import services as selections
from training.kernel import clock
from training.kernel.policy import NotNow, Role

ANY, POINTS = Needs.ANY, Needs.POINTS


def apply(version, trainee):
    return services.apply(learner(trainee), as_a_page_loads(make_cohort(again(version))), funding=[Funding.STATE])


@pytest.mark.usefixtures("app")
class TestApplying:
    def test_all_of_them_are_needed(self):
        first, second, trainee = make_taught(title="Drawings"), make_taught(title="Metals"), make_trainee()
        version = make_asking(first, second)
        completes(trainee, first)

        with pytest.raises(NotNow, match="You have not completed this programme yet: Metals"):
            apply(version, trainee)
        completes(trainee, second)

        assert apply(version, trainee).state is State.ENROLLED

    def test_some_of_them_are_enough(self):
        one, two, three = (make_taught() for _ in range(3))
        version, trainee = make_asking(one, two, three, needs=ANY, least=2), make_trainee()
        completes(trainee, three)

        with pytest.raises(NotNow, match="You still need to complete 1 of these programmes"):
            apply(version, trainee)
        completes(trainee, one)

        assert apply(version, trainee).state is State.ENROLLED

    def test_points_add_up(self):
        one, two = make_taught(title="Drawings"), make_taught(title="Metals")
        version, trainee = make_asking(one, two, needs=POINTS, least=3, points=(2, 3)), make_trainee()
        completes(trainee, one)

        with pytest.raises(NotNow, match=r"You still need 1 point from: Metals \(.+\): 3 points"):
            apply(version, trainee)
        completes(trainee, two)

        assert apply(version, trainee).state is State.ENROLLED

    def test_studying_it_is_not_having_completed_it_and_an_earlier_version_counts(self):
        earlier, studies, graduate = make_version(), make_trainee(), make_trainee()
        asking = make_asking(earlier.programme)
        make_enrolment(make_cohort(again(earlier)), studies)
        completes(graduate, earlier.programme)
        school = earlier.programme.school
        following = versions.begin_next(actor_of(school, Role.TEACHER), again(earlier))
        versions.submit(actor_of(school, Role.TEACHER), again(following))
        versions.publish(actor_of(school, Role.MANAGER), again(following))

        with pytest.raises(NotNow, match="not completed"):
            apply(asking, studies)

        assert apply(asking, graduate).state is State.ENROLLED

    def test_by_selection_too(self):
        one, trainee = make_taught(title="Drawings"), make_trainee()
        cohort = make_selection(version=make_asking(one))
        values: dict[str, Any] = {"funding": [Funding.STATE], "priority": 1, "average": 400}

        with pytest.raises(NotNow, match="Drawings"):
            selections.apply(learner(trainee), as_a_page_loads(cohort), **values)
        completes(trainee, one)

        assert selections.apply(learner(trainee), as_a_page_loads(cohort), **values).enrolment.state is State.APPLIED


@pytest.mark.usefixtures("app")
def test_a_seat_that_an_employer_keeps_is_not_taken_without_them(monkeypatch):
    one, worker = make_taught(title="Drawings"), make_worker("worker@plant.example")
    asking = make_asking(one)
    monkeypatch.setattr("tests.courses.buying.make_version", lambda: asking)
    bought = Bought()
    [key] = bought.name(nominee(email="worker@plant.example"))

    with pytest.raises(NotNow, match="Drawings"):
        naming.accept(learner(worker), bought.allocation(key))
    completes(worker, one)
    naming.accept(learner(worker), bought.allocation(key))

    assert bought.figures == (3, 1, 0)


@pytest.mark.usefixtures("app")
class TestRulings:
    def against(self, cohort, version):
        [one] = studying(cohort, 1)
        there = running(again(version), seats=5)
        ruling = drafted(manager(cohort), [one], Kind.TRANSFER, What(to_cohort_id=there.id))
        return fresh(one).trainee, lambda: [[str(words) for words in found.against] for found in prospects(loaded(ruling), clock.today())]

    def test_who_is_sent_to_another_programme_has_completed_what_it_builds_on(self):
        cohort, drawings = running(seats=5), make_taught(title="Drawings")
        asking = make_asking(drawings, programme=make_programme(school_of(cohort)))

        trainee, against = self.against(cohort, asking)
        [[words]] = against()
        completes(trainee, drawings)

        assert ("Has not completed enough" in words, "Drawings" in words) == (True, True)
        assert against() == [[]]

    def test_whoever_stays_in_their_programme_was_let_in_before(self):
        version = make_asking(make_taught())

        _trainee, against = self.against(running(version, seats=5), version)

        assert against() == [[]]
