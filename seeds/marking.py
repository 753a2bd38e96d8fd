"""Marks of the cohorts that study: tests, practical works, credits, retakes, a correction, and demonstration exams with their commissions."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from seeds.people import ACTOR
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.accounts.memberships.models import Membership
from training.courses.assessments import queries, services
from training.courses.assessments.book import attempts_of, cells_of
from training.courses.assessments.forming import next_attempt
from training.courses.assessments.models import Assessment
from training.courses.assessments.reading import read
from training.courses.assessments.services import Commission, Entry
from training.courses.assessments.workflow import Kind, Level
from training.courses.cohorts import queries as cohorts
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.workflow import STUDYING
from training.courses.programmes.queries import modules_of
from training.courses.scales.workflow import ScaleKind
from training.kernel.db import db
from training.kernel.policy import Role


class Task(NamedTuple):
    """An assessment: in which module, when after the first day, what, out of how many points (none: pass or fail)."""

    module: int
    day: int
    kind: Kind
    title: str
    maximum: int | None = None
    weight: int = 1


TASKS = [
    Task(0, 21, Kind.TEST, "Входной контроль", 20),
    Task(0, 38, Kind.PRACTICAL, "Практическая работа 1", 30, 2),
    Task(0, 52, Kind.CREDIT, "Зачёт по модулю"),
    Task(1, 60, Kind.TEST, "Контрольная работа", 25),
    Task(1, 68, Kind.PRACTICAL, "Практическая работа 2", 40, 2),
]
OUTSIDERS = ("Сафин Р. М., главный технолог (ДЕМО)", "Кузьмина О. В., эксперт (ДЕМО)")
REASON = "При проверке не засчитан второй лист работы."


def marks(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """Of every cohort that studies now, and of those of the small region that are over."""
    for one in classes:
        group = one.group
        over = group.starts + group.days < 0
        if group.cancelled or group.starts > -20 or (over and not group.core):
            continue
        yield course(region, one, Random(group.name))
        if group.core:
            day = group.starts + group.days - 3 if over else -4
            yield demonstration(region, one, day, confirmed=over)


def course(region: Region, one: Class, chance: Random) -> Life:
    """The tasks of one cohort, each marked on its day; who failed tries again a week later; one result is corrected."""
    story, starts = region.story, region.story.monday(one.group.starts)
    last = starts + one.group.days - 5
    for number, task in enumerate(task for task in TASKS if starts + task.day + 8 < min(last, 0)):
        day = story.workday(starts + task.day)
        yield story.at(day, 14)
        key = added(region, one, task, story.day(day))
        if key is None:
            return
        mark(region, one, key, chance)
        yield story.at(story.workday(day + 7), 15)
        if number:
            mark(region, one, key, chance, again=0.6)
        if number == 1:
            correct(region, one, key)


def added(region: Region, one: Class, task: Task, on: date) -> int | None:
    """The key of the assessment of a task, while the cohort has such a module."""
    assert one.cohort is not None
    teacher, cohort = staff(region, one), cohorts.cohort(ACTOR, one.cohort.id)
    modules = modules_of(cohort.version_id)
    if task.module >= len(modules):
        return None
    return services.add(
        region.acting(one.group.school, Role.TEACHER),
        cohort,
        kind=task.kind,
        title=task.title,
        scale=ScaleKind.MARKS if task.maximum else ScaleKind.PASS,
        held_on=on,
        teacher=teacher,
        module=modules[task.module],
        maximum=task.maximum,
        weight=task.weight,
    ).id


def mark(region: Region, one: Class, key: int, chance: Random, *, again: float = 1.0) -> None:
    """Everybody gets a result by what they can; of those who failed or did not come, that share tries again."""
    assert one.cohort is not None
    assessment, before = queries.assessment(ACTOR, key), cells_of(queries.given_in(key))
    edition, entries = assessment.edition, []
    for person in enrolments.standing(one.cohort.id, STUDYING):
        attempt = next_attempt(attempts_of(before.get((key, person.id), ())))
        if attempt == 1 or (attempt is not None and chance.random() < again):
            written = typed(assessment, chance, person.trainee_id)
            entries.append(Entry(person.id, attempt, read(written, edition.kind, edition.bands, assessment.maximum)))
    services.grade(region.acting(one.group.school, Role.TEACHER), assessment, entries=entries)


def typed(assessment: Assessment, chance: Random, person: int) -> str:
    """What the teacher writes down: the able do well, some fail, some do not come."""
    able = 35 + person * 37 % 55
    percent = max(0, min(100, round(chance.gauss(able, 14))))
    if chance.random() < 0.05:
        return "н"
    if assessment.maximum is None:
        return "+" if percent >= 40 else "-"
    return str(assessment.maximum * percent // 100)


def correct(region: Region, one: Class, key: int) -> None:
    """The first result turns out to be wrong."""
    assessment = queries.assessment(ACTOR, key)
    found = queries.given_in(key)
    if assessment.maximum is not None and found:
        outcome = read(str(assessment.maximum - 2), assessment.edition.kind, assessment.edition.bands, assessment.maximum)
        teacher = region.acting(one.group.school, Role.TEACHER)
        services.correct(teacher, queries.result(ACTOR, found[0].id), outcome=outcome, reason=REASON)


def demonstration(region: Region, one: Class, day: int, *, confirmed: bool) -> Life:
    """A demonstration exam whose results the chair has confirmed, or is to confirm."""
    story, school = region.story, one.group.school
    yield story.at(story.workday(day), 13)
    assert one.cohort is not None
    if not enrolments.standing(one.cohort.id, STUDYING):
        return
    cohort, teacher = cohorts.cohort(ACTOR, one.cohort.id), region.acting(school, Role.TEACHER)
    chair = db.session.get_one(Membership, region.staff[school, Role.MANAGER][0].membership.id)
    key = services.add(
        teacher,
        cohort,
        kind=Kind.DEMONSTRATION,
        title="Демонстрационный экзамен",
        scale=ScaleKind.MARKS,
        held_on=story.day(story.workday(day)),
        teacher=staff(region, one),
        maximum=100,
        commission=Commission(Level.BASIC, f"КОД {one.group.code}-1-2026", "ЦПДЭ при колледже (ДЕМО)", chair, [], OUTSIDERS),
    ).id
    mark(region, one, key, Random(school))
    services.hand_in(teacher, queries.assessment(ACTOR, key))
    if confirmed:
        services.confirm(region.acting(school, Role.MANAGER), queries.assessment(ACTOR, key))


def staff(region: Region, one: Class) -> Membership:
    """Who gives the marks: the school's first teacher."""
    return db.session.get_one(Membership, region.staff[one.group.school, Role.TEACHER][0].membership.id)
