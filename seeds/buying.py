"""Employers that send their own people to courses: seats bought, people named, and every answer that can come."""

from collections.abc import Iterator, Sequence
from random import Random

from seeds.names import Name, Names
from seeds.people import account
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.allocations import queries, services
from training.courses.allocations.models import Nominee
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.workflow import Leaving
from training.courses.purchases import queries as purchases
from training.courses.purchases import services as buying
from training.courses.purchases.models import SeatPurchase
from training.kernel.policy import Learner, Member, Role, Visitor
from training.trainees.profiles import services as profiles

BUYER, OTHER = "daaz", "harness"


def buyers(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """An employer whose people study soon, and two that have just asked a school."""
    names = Names(Random("Seats"))
    by_name = {one.group.name: one for one in classes}
    yield sending(region, by_name["ЧПУ-В-3"], names)
    yield beginning(region, by_name["ЖП-2"], names)
    yield waiting(region, by_name["ЖП-2"])


def named(name: Name, employer: str, number: int) -> Nominee:
    """Somebody as the employer writes them."""
    return Nominee(
        family_name=name.family,
        given_name=name.given,
        patronymic=name.patronymic,
        email=f"{name.latin}@{employer}.example",
        personnel_number=f"{417 + 13 * number:05d}",
    )


def signed_up(region: Region, name: Name, employer: str) -> Learner:
    """The same person with an account of that address."""
    person = account(name, email=f"{name.latin}@{employer}.example")
    called = {"family_name": name.family, "given_name": name.given, "patronymic": name.patronymic}
    trainee = profiles.make(Visitor(person.id), person, born_on=region.story.day(-365 * 31), town="Димитровград", **called)
    return Learner(person.id, trainee.id)


def bought(region: Region, employer: str, cohort: Cohort, seats: int, terms: str) -> SeatPurchase:
    """The employer asks."""
    return buying.ask(region.acting(employer, Role.MANAGER), cohort, employer=region.employers[employer], seats=seats, terms=terms)


def nominate(actor: Member, key: int, *people: Nominee) -> list[int]:
    """Names people for the seats of a purchase."""
    made = services.nominate(actor, purchases.purchase(actor, key), people=people, language="ru")
    return [one.id for one in made]


def accept(region: Region, name: Name, key: int) -> Learner:
    """The person signs up and takes the seat."""
    person = signed_up(region, name, BUYER)
    services.accept(person, queries.allocation(person, key))
    return person


def sending(region: Region, one: Class, names: Names) -> Life:
    """Of seven people one studies, one declined, one did not answer, one left, one may still answer, one was taken back, one is to be approved."""
    story = region.story
    manager, recruiter = region.acting(BUYER, Role.MANAGER), region.acting(BUYER, Role.RECRUITER)
    people = [names.another() for _ in range(7)]
    sent = [named(name, BUYER, number) for number, name in enumerate(people)]
    yield story.at(story.workday(-28), 10)
    assert one.cohort is not None
    key = bought(region, BUYER, one.cohort, 5, "Договор № 14-О от начала месяца; 18 400 ₽ за место, оплата до первого дня.").id
    yield story.at(story.workday(-26), 11)
    head = region.acting(one.group.school, Role.MANAGER)
    buying.agree(head, purchases.purchase(head, key))
    yield story.at(story.workday(-25), 9)
    stays, declines, silent = nominate(manager, key, *sent[:3])
    yield story.at(-23, 19)
    accept(region, people[0], stays)
    yield story.at(-22, 20)
    unwilling = signed_up(region, people[1], BUYER)
    services.decline(unwilling, queries.allocation(unwilling, declines), reason="Ночные смены до конца месяца, не успею.")
    yield story.at(story.workday(-20), 9)
    (leaves,) = nominate(manager, key, sent[3])
    yield story.at(-19, 18)
    leaver = accept(region, people[3], leaves)
    yield story.at(-13, 12)
    seat = enrolments.own_in(leaver, one.cohort.id)
    assert seat is not None
    studying.withdraw(leaver, enrolments.enrolment(leaver, seat.id), because=Leaving.WORK)
    yield story.at(story.workday(-9), 14)
    invited, mistaken = nominate(recruiter, key, *sent[4:6])
    yield story.at(story.workday(-6), 9)
    services.approve(manager, queries.allocation(manager, invited))
    services.cancel(manager, queries.allocation(manager, mistaken), reason="Переведён в другой цех, обучение не нужно.")
    yield story.at(story.workday(-2), 15)
    nominate(recruiter, key, sent[6])
    assert silent


def beginning(region: Region, one: Class, names: Names) -> Life:
    """Seats of a cohort that opens later, and the first who is named for them."""
    story = region.story
    yield story.at(story.workday(-4), 13)
    assert one.cohort is not None
    key = bought(region, OTHER, one.cohort, 3, "Цена и договор – как в прошлом году.").id
    yield story.at(story.workday(-3), 16)
    head = region.acting(one.group.school, Role.MANAGER)
    buying.agree(head, purchases.purchase(head, key))
    yield story.at(story.workday(-2), 10)
    nominate(region.acting(OTHER, Role.MANAGER), key, named(names.another(), OTHER, 1))


def waiting(region: Region, one: Class) -> Life:
    """A request that the school has not answered yet."""
    yield region.story.at(region.story.workday(-1), 12)
    assert one.cohort is not None
    bought(region, BUYER, one.cohort, 2, "Двое из сборочного цеха; договор пришлём.")
