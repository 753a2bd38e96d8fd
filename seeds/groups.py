"""The cohorts of the demonstration region in every state, and the people who take seats in them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from seeds.learners import Person
from seeds.places import Region
from seeds.programmes import Versions
from seeds.story import day, on
from training.courses.cohorts import queries as cohort_queries
from training.courses.cohorts import services as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import EntryBase, Funding, StudyForm
from training.courses.credentials import services as credentials
from training.courses.enrolments import queries as enrolment_queries
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import State
from training.kernel.policy import Role

STATE, TARGET, PAID, EMPLOYER = Funding.STATE, Funding.TARGET, Funding.PAID, Funding.EMPLOYER


class Group(NamedTuple):
    """A cohort: its programme, code, seats by who pays, days relative to today, how many people come, and where it stands."""

    school: str
    code: str
    name: str
    seats: Mapping[Funding, int]
    opens: int
    closes: int
    starts: int
    days: int
    people: int
    state: str
    form: StudyForm = StudyForm.FULL_TIME
    base: EntryBase = EntryBase.BASIC


GROUPS = [
    Group("dtk", "16045", "ЧПУ-В-1", {STATE: 10, EMPLOYER: 5}, -200, -185, -180, 120, 14, "completed", StudyForm.EVENING, EntryBase.ANY),
    Group("dtpt", "16675", "ТПА-1", {STATE: 12}, -170, -150, -145, 90, 12, "completed", StudyForm.EVENING, EntryBase.ANY),
    Group("dtk", "15.01.38", "ОН-25", {STATE: 22, TARGET: 3}, -120, -95, -80, 640, 22, "running"),
    Group("dtpt", "15.01.05", "СВ-11", {STATE: 20}, -120, -95, -80, 640, 18, "running"),
    Group("dtk", "13.01.10", "ЭМ-25", {STATE: 20, PAID: 5}, -120, -95, -80, 640, 16, "running"),
    Group("dtk", "15.01.05", "СВ-26", {STATE: 20, TARGET: 3, PAID: 2}, -20, 25, 40, 650, 31, "open"),
    Group("dtk", "15.01.38", "ОН-26", {STATE: 20, TARGET: 5}, -20, 25, 40, 650, 12, "open"),
    Group("dtk", "15.02.16", "ТМ-26", {STATE: 25}, -15, 30, 45, 1400, 9, "open"),
    Group("dtk", "15.02.18", "РП-26", {STATE: 20, PAID: 5}, -15, 30, 45, 1400, 6, "open", base=EntryBase.UPPER),
    Group("dtpt", "23.01.17", "АВ-26", {STATE: 25}, -10, 30, 45, 650, 7, "open"),
    Group("dmtt", "09.02.11", "ПО-26", {STATE: 20, PAID: 10}, -10, 30, 45, 1400, 8, "open"),
    Group("uac", "15.02.16", "ТМ-У-26", {STATE: 25}, -10, 30, 45, 1400, 5, "open"),
    Group("dtk", "16045", "ЧПУ-В-2", {STATE: 8, EMPLOYER: 7}, -30, -3, 4, 120, 11, "closed", StudyForm.EVENING, EntryBase.ANY),
    Group("dtpt", "18460", "ЖП-2", {STATE: 12}, 12, 35, 42, 90, 0, "planned", StudyForm.WEEKEND, EntryBase.ANY),
    Group("dtk", "ДПО-01", "КС-5", {PAID: 10}, -40, -10, -5, 14, 3, "cancelled", StudyForm.MIXED, EntryBase.VOCATIONAL),
]


class Taken(NamedTuple):
    """Who sits where: people by the name of their group, those with a seat first."""

    cohorts: dict[str, Cohort]
    people: dict[str, list[Person]]


def build(region: Region, versions: Versions, crowd: Iterator[Person]) -> Taken:
    """Plans, fills and moves on every group, the oldest first."""
    taken = Taken({}, {})
    for group in sorted(GROUPS, key=lambda one: one.opens):
        fill(group, region, versions, crowd, taken)
    return taken


def fill(group: Group, region: Region, versions: Versions, crowd: Iterator[Person], taken: Taken) -> None:
    """One group from its plan to where it stands today."""
    manager = region.acting(group.school, Role.MANAGER)
    with on(min(group.opens, 0) - 5):
        cohort = cohorts.plan(
            manager,
            versions[group.school, group.code],
            code=group.name,
            study_form=group.form,
            entry_base=group.base,
            starts_on=day(group.starts),
            ends_on=day(group.starts + group.days),
            opens_on=day(group.opens),
            closes_on=day(group.closes),
            seats=group.seats,
        )
    taken.cohorts[group.name] = cohort
    taken.people[group.name] = []
    if group.state == "planned":
        return
    with on(group.opens, 8):
        cohorts.open_applications(manager, cohort)
    for number in range(group.people):
        with on(
            group.opens + 1 + number * (min(group.closes, -1) - group.opens - 1) // max(group.people, 1), 9 + number % 9, number * 7 % 60
        ):
            person = next(crowd)
            enrolments.apply(person.actor, cohort, funding=list(group.seats))
        taken.people[group.name].append(person)
    if group.name == "СВ-26":
        with on(-1, 16):
            leaver = enrolment_queries.own_in(taken.people[group.name][2].actor, cohort.id)
            assert leaver is not None
            enrolments.withdraw(taken.people[group.name][2].actor, leaver)
    move_on(group, region, cohort)


def move_on(group: Group, region: Region, cohort: Cohort) -> None:
    """Closes, starts, completes or cancels the group, each on its day."""
    manager, teacher = region.acting(group.school, Role.MANAGER), region.acting(group.school, Role.TEACHER)
    if group.state == "cancelled":
        with on(group.closes + 1):
            cohorts.cancel(manager, cohort, reason="Набралось меньше восьми человек; следующая группа весной.")
    if group.state in ("closed", "running", "completed"):
        with on(group.closes + 1):
            cohorts.close_applications(manager, cohort)
    if group.state in ("running", "completed"):
        with on(group.starts):
            cohorts.start(manager, cohort)
    if group.state == "completed":
        with on(group.starts + group.days):
            cohort = cohort_queries.cohort(manager, cohort.id)
            enrolments.complete_all(teacher, cohort)
        with on(group.starts + group.days + 1):
            cohorts.complete(manager, cohort)
            credentials.issue_all(manager, cohort)


def promoted(taken: Taken) -> Person:
    """Whoever a seat is held for, after somebody left the full group."""
    cohort = taken.cohorts["СВ-26"]
    waiting = enrolment_queries.standing(cohort.id, [State.OFFERED])
    return next(one for one in taken.people["СВ-26"] if one.trainee.id == waiting[0].trainee_id)
