"""The teams of a cohort as its school reads them: places, answers, and what each waits for."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.courses.factories import make_cohort, make_enrolment
from tests.courses.teams.factories import again, leave, make_team
from tests.factories import acting, actor_of, make_member, make_school
from tests.internships.conftest import statements
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import services as studying
from training.courses.enrolments.workflow import Leaving
from training.courses.teams.lists import STANDS, TEAMS
from training.courses.teams.standing import Line
from training.courses.teams.workflow import Standing
from training.kernel.db import db
from training.kernel.lists import Wanted
from training.kernel.policy import Role

__all__ = ["statements"]


def school_of(cohort: Cohort):
    """The school whose cohort it is."""
    return again(cohort).programme_version.programme.school


def lines(cohort: Cohort, **filters: str) -> list[Line]:
    """The list as a manager reads it."""
    manager = actor_of(school_of(cohort), Role.MANAGER)
    wanted = Wanted.read(MultiDict(filters), filters=["stands"], sorts=["started"])
    return list(TEAMS.page(manager, wanted, again(cohort)).rows)


def full(cohort: Cohort, number: int) -> list[int]:
    """The seats are taken; the keys of the enrolments."""
    return [make_enrolment(cohort).id for _ in range(number)]


@pytest.mark.usefixtures("app")
class TestLines:
    def test_one_that_waits_says_for_how_many_seats_and_where(self):
        cohort = make_cohort(seats=3)
        full(cohort, 2)
        make_team(cohort, 3, sent=True)

        [line] = lines(cohort)

        assert (line.standing, line.team.size, line.left, line.rank) == (Standing.WAITING, 3, 3, 1)
        assert line.waits_for == "3 free seats at once; number 1 in the queue"

    def test_one_that_is_called_says_who_has_answered_and_who_has_not(self):
        cohort = make_cohort(seats=3)
        taken = full(cohort, 2)
        crew = make_team(cohort, 3, sent=True)
        for key in taken:
            leave(key)
        crew.claim(1)

        [line] = lines(cohort)

        names = [one.trainee.name for one in line.members]
        assert (line.standing, line.called) == (Standing.CALLED, 3)
        assert (line.agreed, line.silent) == ([names[1]], [names[0], names[2]])
        assert line.waits_for == f"The answers of {names[0]}, {names[2]}"
        assert line.until_at is not None

    def test_one_of_which_somebody_declined_thinks_again(self):
        cohort = make_cohort(seats=3)
        taken = full(cohort, 2)
        crew = make_team(cohort, 3, sent=True)
        for key in taken:
            leave(key)
        crew.decline(2)

        [line] = lines(cohort)

        assert (line.standing, line.left, line.waits_for) == (Standing.AGAIN, 2, "That one of them sends the rest in again")

    def test_one_that_has_its_seats_and_one_of_which_nobody_is_left_wait_for_nothing(self):
        cohort = make_cohort(seats=5)
        make_team(cohort, 2, sent=True)
        gone = make_team(cohort, 2, sent=True)
        for number in (0, 1):
            studying.withdraw(gone.people[number], gone.enrolment(number), because=Leaving.WORK)

        first, second = lines(cohort)

        assert (first.standing, first.waits_for) == (Standing.SEATED, "Nothing: those who are left have seats")
        assert (second.standing, second.left, second.waits_for) == (Standing.GONE, 0, "Nothing: nobody is left")

    def test_one_that_forms_still_is_not_there(self):
        cohort = make_cohort(seats=5)
        make_team(cohort, 3)

        assert lines(cohort) == []

    def test_each_filter_finds_what_the_line_says(self):
        cohort = make_cohort(seats=5)
        make_team(cohort, 2, sent=True)
        gone = make_team(cohort, 2, sent=True)
        for number in (0, 1):
            studying.withdraw(gone.people[number], gone.enrolment(number), because=Leaving.WORK)
        full(cohort, 3)
        waiting = make_team(cohort, 3, sent=True)
        stands = {line.id: line.standing for line in lines(cohort)}

        assert stands[waiting.key] is Standing.WAITING
        for one in STANDS:
            assert [line.id for line in lines(cohort, stands=one.value)] == [key for key, here in stands.items() if here is one], one

    def test_the_called_and_those_who_think_again_are_found_by_filter_too(self):
        cohort = make_cohort(seats=3)
        taken = full(cohort, 2)
        crew = make_team(cohort, 3, sent=True)
        for key in taken:
            leave(key)
        assert [line.id for line in lines(cohort, stands="called")] == [crew.key]
        assert lines(cohort, stands="waiting") == lines(cohort, stands="again") == []

        crew.decline(2)

        assert [line.id for line in lines(cohort, stands="again")] == [crew.key]
        assert lines(cohort, stands="called") == lines(cohort, stands="waiting") == []


class TestPage:
    def test_reads_places_answers_and_what_each_waits_for(self, client):
        cohort = make_cohort(seats=3)
        full(cohort, 2)
        make_team(cohort, 3, sent=True)
        school = school_of(cohort)
        base = f"/o/{school.slug}/cohorts/{cohort.id}"
        client.sign_in(make_member(school, Role.MANAGER).account)

        page = client.get(f"{base}/teams")

        assert ("1 team" in page.words, "3 free seats at once; number 1 in the queue" in page.words) == (True, True)
        assert f"{base}/teams" in [one.get("href") for one in client.get(base).all("a")]

    def test_without_any_it_says_how_they_come(self, client):
        cohort = make_cohort()
        school = school_of(cohort)
        client.sign_in(make_member(school, Role.TEACHER).account)

        assert "No team was sent in" in client.get(f"/o/{school.slug}/cohorts/{cohort.id}/teams").words

    def test_another_school_reads_none(self, client):
        cohort = make_cohort(seats=3)
        make_team(cohort, 2, sent=True)
        other = make_school()
        client.sign_in(make_member(other, Role.MANAGER).account)

        assert client.get(f"/o/{other.slug}/cohorts/{cohort.id}/teams").status in (403, 404)
        assert (
            TEAMS.page(
                acting(make_member(other, Role.MANAGER)), Wanted.read(MultiDict(), filters=["stands"], sorts=["started"]), again(cohort)
            ).total
            == 0
        )

    def test_asks_as_many_questions_for_twenty_teams_as_for_two(self, client, statements):
        counts = []
        for number in (2, 20):
            cohort = make_cohort(seats=2)
            full(cohort, 1)
            for _ in range(number):
                make_team(cohort, 2, sent=True)
            school = school_of(cohort)
            client.sign_in(make_member(school, Role.MANAGER).account)
            path = f"/o/{school.slug}/cohorts/{cohort.id}/teams"
            db.session.rollback()
            client.get(path)
            with statements() as seen:
                assert f"{number} teams" in client.get(path).words
            counts.append(len(seen))

        assert counts[0] == counts[1]
