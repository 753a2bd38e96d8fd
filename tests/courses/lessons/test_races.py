"""Two people make timetables at the same moment: one teacher, one room, one cohort are never taken twice."""

import threading

import pytest
from sqlalchemy import func, select

from tests.courses.lessons.timetables import MONDAY, NOW, School, make_room, rhythm
from tests.factories import make_member
from tests.internships.races import race
from training.accounts.memberships.queries import each
from training.courses.cohorts import queries as cohorts
from training.courses.lessons import clashes, services
from training.courses.lessons.models import Lesson
from training.courses.lessons.slots import slot
from training.courses.programmes.models import Module
from training.courses.rooms.models import Room
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotNow, Role

AT_ONCE = 4


class Wish:
    """What one of them wants: by ids, because each thread loads its own."""

    def __init__(self, at: School, *, teacher=None, room=None, cohort=None):
        self.by = at.by
        self.cohort = (cohort or at.cohort()).id
        self.module = at.modules[0].id
        self.teacher = (teacher or make_member(at.school, Role.TEACHER)).id
        self.room = (room or make_room(at.school)).id

    def loaded(self):
        return {
            "module": db.session.get_one(Module, self.module),
            "teacher": each(self.by, [self.teacher])[self.teacher],
            "room": db.session.get_one(Room, self.room),
        }

    def add(self):
        with clock.at(NOW):
            cohort = cohorts.cohort(self.by, self.cohort)
            return services.add(self.by, cohort, held_on=MONDAY, begins=600, ends=690, **self.loaded())

    def plan(self):
        with clock.at(NOW):
            cohort = cohorts.cohort(self.by, self.cohort)
            return services.plan(self.by, cohort, rhythm=rhythm(), **self.loaded())


def one_room() -> list[Wish]:
    at = School()
    return [Wish(at, room=at.room) for _number in range(AT_ONCE)]


def one_teacher_of_two_schools() -> list[Wish]:
    here, there = School(), School()
    elsewhere = make_member(there.school, Role.TEACHER, account=here.teacher.account)
    return [Wish(there, teacher=elsewhere) if number % 2 else Wish(here, teacher=here.teacher) for number in range(AT_ONCE)]


def one_cohort() -> list[Wish]:
    at = School()
    cohort = at.cohort()
    return [Wish(at, cohort=cohort) for _number in range(AT_ONCE)]


OWNERS = [one_room, one_teacher_of_two_schools, one_cohort]


def number() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Lesson)) or 0


@pytest.mark.parametrize("wanted", OWNERS)
def test_only_one_of_many_takes_the_time(committing_app, wanted):
    with clock.at(NOW):
        wishes = wanted()

    results = race(committing_app, AT_ONCE, lambda which: wishes[which].add() and None)

    assert sum(isinstance(one, NotNow) for one in results) == AT_ONCE - 1
    assert number() == 1


def test_only_one_pattern_of_many_is_put_in_and_whole(committing_app):
    with clock.at(NOW):
        wishes = one_teacher_of_two_schools()

    results = race(committing_app, AT_ONCE, lambda which: wishes[which].plan() and None)

    assert sum(isinstance(one, NotNow) for one in results) == AT_ONCE - 1
    assert number() == 4


@pytest.mark.parametrize("wanted", OWNERS)
def test_the_twin_that_looks_before_it_holds_takes_it_many_times(committing_app, monkeypatch, wanted):
    with clock.at(NOW):
        wishes = wanted()
    looked, found = threading.Barrier(AT_ONCE), clashes.find

    seen = threading.local()

    def look_first(which):
        """Everybody has looked, and seen nothing, before anybody writes: what was seen then decides."""
        wish = wishes[which]
        with clock.at(NOW):
            known = wish.loaded()
            takes = clashes.Takes(cohorts.cohort(wish.by, wish.cohort), known["teacher"], known["room"])
            seen.clashes = found(takes, [slot(MONDAY, 600, 690, "Europe/Samara")])
        looked.wait(30)
        wish.add()

    monkeypatch.setattr(clashes, "find", lambda *given, **more: seen.clashes)

    race(committing_app, AT_ONCE, look_first)

    assert number() == AT_ONCE
