"""Cohorts from their plan to their last day, and the people who take seats, wait, leave and finish."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from seeds.groups import Group, groups
from seeds.learners import Person, newcomer
from seeds.places import Region
from seeds.programmes import ASKED, PLANS, Versions
from seeds.story import Life
from training.courses.awards import services as awards
from training.courses.cohorts import services as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import StudyForm
from training.courses.enrolments import queries, services
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Leaving, State
from training.kernel.policy import Role
from training.trainees.profiles import services as profiles

LEFT = (
    "Отчислен по собственному желанию: переезд семьи.",
    "Отчислен за пропуски занятий без уважительной причины.",
    "Перевод в другой колледж области.",
    "Академическая задолженность не закрыта в срок.",
)
PAUSED = (
    "Справка медицинской организации.",
    "Семейные обстоятельства, заявление родителя.",
    "Призыв на военную службу.",
    "Уход за ребёнком.",
)
MEANT_FOR = {(plan.school, plan.code): plan.occupation for plan in PLANS}


@dataclass
class Class:
    """A cohort with the people who came for it, in the order they came."""

    group: Group
    occupation: str
    cohort: Cohort | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def skills(self) -> list[str]:
        """What is taught."""
        return list(ASKED[self.occupation])


def courses(region: Region, versions: Versions) -> tuple[list[Class], list[Life]]:
    """Every cohort of the region, and the lives that tell them."""
    classes = [Class(group, MEANT_FOR[group.school, group.code]) for group in groups(region.size)]
    named: set[tuple[str, str]] = set()
    lives = [course(region, versions, one, unique(region, one.group, named)) for one in classes]
    full = [one for one in classes if one.group.starts > 0 and one.group.people > sum(one.group.seats.values())]
    lives += [moving_up(region, one, first=number == 0) for number, one in enumerate(full)]
    return classes, lives


def unique(region: Region, group: Group, named: set[tuple[str, str]]) -> str:
    """The group's name, with a number behind it when the school has one of that name."""
    name = group.called(region.story)
    while (group.school, name) in named:
        stem, _, number = name.rpartition("/")
        name = f"{stem or name}/{int(number) + 1 if stem else 2}"
    named.add((group.school, name))
    return name


def course(region: Region, versions: Versions, one: Class, name: str) -> Life:
    """A cohort is planned and filled; the calendar opens, closes and starts it; the school ends it and issues what was earned."""
    story, group = region.story, one.group
    manager, teacher = region.acting(group.school, Role.MANAGER), region.acting(group.school, Role.TEACHER, group.days)
    starts = story.monday(group.starts)
    about = min(starts, group.starts)  # a start to come is put off to a Monday, its applications are not
    opens, closes = about + group.opens, about + group.closes
    story.expect(opens, closes + 1, starts, starts + group.days + 1)
    yield story.at(story.workday(min(opens - 12, -5)), 11, group.people)
    cohort = one.cohort = cohorts.plan(
        manager,
        versions[group.school, group.code],
        code=name,
        study_form=group.form,
        entry_base=group.base,
        starts_on=story.day(starts),
        ends_on=story.day(starts + group.days),
        opens_on=story.day(opens),
        closes_on=story.day(closes),
        seats=group.seats,
    )
    yield story.at(opens, 8)
    for number in range(group.people):
        story.begin(applicant(region, one, number, opens, closes))
    yield story.at(closes + 1, 9)
    if group.cancelled:
        cohorts.cancel(manager, cohort, reason="Набралось меньше восьми человек; следующая группа весной.")
        return
    yield story.at(starts, 8)
    profiles.take_over(manager, people=[line(person, name) for person in one.people if own(one, person, State.ENROLLED)])
    for life in unsteady(region, one, starts):
        story.begin(life)
    yield story.at(starts + group.days, 16)
    services.complete_all(teacher, cohort)
    yield story.at(starts + group.days + 1, 8)
    yield story.at(story.workday(starts + group.days + 4 if group.attested is None else group.attested), 12)
    award = awards.propose_all(teacher, cohort)
    if group.attested is None:
        yield story.at(story.workday_after(starts + group.days + 6), 10)
        awards.confirm(manager, award)


def line(person: Person, group: str) -> dict[str, Any]:
    """A line of the school's roster, by which it brings its own name of the group."""
    trainee = person.trainee
    names = {"family_name": trainee.family_name, "given_name": trainee.given_name, "patronymic": trainee.patronymic}
    return {**names, "born_on": trainee.born_on, "group_code": group}


def applicant(region: Region, one: Class, number: int, opens: int, closes: int) -> Life:
    """Somebody signs up and takes a seat, or a place in the queue."""
    story, group = region.story, one.group
    day = opens + 1 + number * (min(closes, -1) - opens - 1) // group.people
    yield story.at(day, 8 + number % 12, number * 7 % 60)
    person = newcomer(region, ages=group.ages, on=story.day(group.starts), school=group.school)
    assert one.cohort is not None
    services.apply(person.actor, one.cohort, funding=list(group.seats))
    one.people.append(person)


def unsteady(region: Region, one: Class, starts: int) -> Iterator[Life]:
    """In long courses some leave and some pause."""
    if one.group.form is not StudyForm.FULL_TIME or one.group.core:
        return
    chance = region.story.chance
    for person in one.people:
        luck = chance.random()
        if luck < 0.05:
            yield leaving(region, one, person, starts + chance.randrange(30, 300))
        elif luck < 0.09:
            yield pausing(region, one, person, starts + chance.randrange(30, 300))


def leaving(region: Region, one: Class, person: Person, day: int) -> Life:
    """The school ends somebody's study."""
    yield region.story.at(region.story.workday(day), 15)
    if enrolment := own(one, person, State.ENROLLED):
        services.expel(region.acting(one.group.school, Role.MANAGER), enrolment, reason=region.story.chance.choice(LEFT))


def pausing(region: Region, one: Class, person: Person, day: int) -> Life:
    """Somebody goes on leave, and comes back after some months."""
    story, manager = region.story, region.acting(one.group.school, Role.MANAGER)
    yield story.at(story.workday(day), 14)
    enrolment = own(one, person, State.ENROLLED)
    if enrolment is None:
        return
    services.take_leave(manager, enrolment, reason=story.chance.choice(PAUSED))
    yield story.at(story.workday(day + story.chance.randrange(60, 200)), 9)
    services.come_back(manager, enrolment)


def moving_up(region: Region, one: Class, *, first: bool) -> Life:
    """In a full group somebody leaves, and those who wait move up: one takes the seat, one lets it lapse, one declines."""
    story = region.story
    if not first:
        yield story.at(-9, 12)
        leave(one, 4)
        yield story.at(-8, 18)
        if person := moved_up(one):
            services.claim(person.actor, held_by(one, person))
        yield story.at(-7, 12)
        leave(one, 7)
        yield story.at(-4, 12)  # the seat that was held has lapsed by then, and is held for the next
        if person := moved_up(one):
            services.decline(person.actor, held_by(one, person))
    yield story.at(-1, 16)
    leave(one, 2)


def leave(one: Class, number: int) -> None:
    """The person of that number gives the seat back."""
    person = one.people[number]
    if enrolment := own(one, person, State.ENROLLED):
        services.withdraw(person.actor, enrolment, because=Leaving.SCHOOL)


def own(one: Class, person: Person, state: State) -> Enrolment | None:
    """A person's enrolment in the class, if it stands there."""
    assert one.cohort is not None
    found = queries.own_in(person.actor, one.cohort.id)
    return found if found is not None and found.state is state else None


def held_by(one: Class, person: Person) -> Enrolment:
    """The enrolment of somebody for whom a seat is held."""
    found = own(one, person, State.OFFERED)
    assert found is not None
    return found


def moved_up(one: Class) -> Person | None:
    """For whom a seat of the class is held, if for anybody."""
    assert one.cohort is not None
    held = queries.standing(one.cohort.id, [State.OFFERED])
    return next((person for person in one.people if held and person.trainee.id == held[0].trainee_id), None)
