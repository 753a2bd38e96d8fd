"""The timetables of running groups: rooms, two lessons on most days of a term, and what changes in a week."""

from collections.abc import Iterator
from random import Random

from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.accounts.memberships.queries import of_role
from training.courses.attendance import queries as attendance_queries
from training.courses.attendance import services as attendance
from training.courses.attendance.workflow import Mark
from training.courses.cohorts.models import Cohort
from training.courses.lessons import queries, services
from training.courses.lessons.models import Lesson
from training.courses.lessons.slots import Rhythm
from training.courses.lessons.workflow import Parity
from training.courses.rooms import services as rooms
from training.courses.rooms.models import Room
from training.kernel.policy import Role, System

ROOMS = ("Кабинет 204", "Кабинет 311", "Сварочная мастерская", "Лаборатория ЧПУ")
PAIRS = ((510, 600), (610, 700), (740, 830), (840, 930))
"""Two academic hours each, in minutes after midnight."""
WEEK = ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (3, 0), (3, 1), (4, 0))
"""Weekday and the first or the second pair of the day, for each weekly lesson of a group."""
MOST = {"dtk": 3, "dtpt": 2}
"""Groups with a timetable, by school; elsewhere one."""
BACK, AHEAD = 76, 45
"""Days before and after today that are planned."""
MARKED = 9
"""Days back of which lessons are marked."""


def plans(region: Region, classes: list[Class]) -> Iterator[Life]:
    """Those of the newest groups of each school that study now."""
    running = [one for one in classes if one.group.starts < -BACK and one.group.starts + one.group.days > AHEAD and not one.group.cancelled]
    running.sort(key=lambda one: not one.group.core)
    for school in dict.fromkeys(one.group.school for one in running):
        own = [one for one in running if one.group.school == school][: MOST.get(school, 1)]
        yield planning(region, school, own)


def planning(region: Region, school: str, classes: list[Class]) -> Life:
    """The rooms are written down, and then the term of each group."""
    story, manager = region.story, region.acting(school, Role.MANAGER)
    yield story.at(-BACK - 2, 10)
    there = [rooms.add(manager, region.schools[school], name=name) for name in ROOMS[: max(2, len(classes))]]
    yield story.at(-BACK - 1, 10)
    first: Cohort | None = None
    for number, one in enumerate(classes):
        if one.cohort is not None:
            put_in(region, one.cohort, school, number, there[number])
            first = first or one.cohort
    story.begin(marking(region, school, [one.cohort for one in classes if one.cohort is not None]))
    if school == "dtk" and first is not None:
        story.begin(changes(region, first, [one.cohort.id for one in classes if one.cohort is not None]))


def put_in(region: Region, cohort: Cohort, school: str, number: int, room: Room) -> None:
    """The lessons of a group; groups of a school take turns in the halves of the day, and their teachers with them."""
    story, manager = region.story, region.acting(school, Role.MANAGER)
    modules, teachers = queries.modules(cohort), of_role(cohort.school_id, Role.TEACHER)
    for place, (weekday, half) in enumerate(WEEK if len(teachers) > 1 else WEEK[::2]):
        begins, ends = PAIRS[number % 2 * 2 + half]
        services.plan(
            manager,
            cohort,
            module=modules[place % max(1, len(modules) - 1)],
            teacher=teachers[(place + number // 2 * 2) % len(teachers) if len(teachers) > 3 else (place + number) % len(teachers)],
            room=room,
            rhythm=Rhythm(weekday, begins, ends, Parity.EVERY, story.day(-BACK), story.day(AHEAD)),
        )


def marking(region: Region, school: str, cohorts: list[Cohort]) -> Life:
    """Every evening the lessons of the day are marked; those of the last two days still wait for their teachers."""
    story, manager, chance = region.story, region.acting(school, Role.MANAGER), Random(school)
    for offset in range(-MARKED, -1):
        if story.day(offset).weekday() > 4:
            continue
        yield story.at(offset, 18)
        for lesson in queries.on_day(manager, story.day(offset), [one.id for one in cohorts]):
            marks: dict[int, Mark] = {}
            late: dict[int, int] = {}
            for person in attendance_queries.people(lesson):
                mark = marks[person.id] = chance.choices(list(Mark), (88, 5, 3, 3, 1))[0]
                if mark is Mark.LATE:
                    late[person.id] = chance.randrange(3, 25)
            if marks:
                attendance.mark(manager, lesson, marks=marks, late=late)


def changes(region: Region, cohort: Cohort, cohorts: list[int]) -> Life:
    """In the last days one lesson to come was cancelled, one moved, and one given to a colleague."""
    story, manager = region.story, region.acting("dtk", Role.MANAGER)
    yield story.at(-1, 14)
    coming = [queries.lesson(manager, one.id) for one in to_come(region, cohort)[:6]]
    teachers = of_role(cohort.school_id, Role.TEACHER)
    if len(coming) < 6:
        return
    services.cancel(manager, coming[3], reason="Проверка оборудования в мастерской.")
    one = coming[5]
    services.reschedule(manager, one, version=one.version, room=one.room, held_on=one.held_on, begins=960, ends=1050)
    busy = {lesson.teacher_id for lesson in queries.on_day(manager, coming[4].held_on, cohorts)}
    free = [each for each in teachers if each.id not in busy]
    if free:
        services.substitute(manager, coming[4], version=coming[4].version, teacher=free[0])


def to_come(region: Region, cohort: Cohort) -> list[Lesson]:
    """The lessons of a group from tomorrow on."""
    found = [one for one in queries.to_come(System("seeds"), cohort.id) if one.held_on > region.story.today]
    return sorted(found, key=lambda one: one.starts_at)
