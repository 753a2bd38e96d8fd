"""A programme that builds on others: its next version asks for a trade, graduates of that trade have seats in its cohort, somebody was let in without, somebody no more."""

from collections.abc import Iterator, Sequence
from random import Random

from seeds.buying import OTHER, bought, named, nominate
from seeds.learners import Person
from seeds.names import Names
from seeds.places import Region
from seeds.programmes import Versions
from seeds.story import Life
from seeds.studying import Class
from training.courses.cohorts import services as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import EntryBase, Funding, StudyForm
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services
from training.courses.prerequisites import services as prerequisites
from training.courses.programmes import queries
from training.courses.programmes import services as programmes
from training.courses.programmes.workflow import Needs
from training.courses.purchases import queries as purchases
from training.courses.purchases import services as buying
from training.courses.waivers import services as waivers
from training.kernel.policy import Role

SCHOOL, CODE = "dtk", "ДПО-01"
TRADES = [("dtk", "15.01.05"), ("dtpt", "15.01.05"), ("dtk", "16045")]
"""Any one of them is enough: welders of either college, and those who read drawings at a machine."""
NAME = "КС-6"
MISTAKEN = "Однофамилец: пробный шов варил другой человек."
WHY = "Четыре года варит на участке; пробный шов принят нашим мастером."


def builders(region: Region, versions: Versions, classes: Sequence[Class]) -> Iterator[Life]:
    """The one programme."""
    yield building_on(region, versions, classes)


def building_on(region: Region, versions: Versions, classes: Sequence[Class]) -> Life:
    """A version is written that asks for a trade and published by somebody else; its cohort opens, and a graduate takes a seat."""
    story, author, manager = region.story, region.acting(SCHOOL, Role.TEACHER, 1), region.acting(SCHOOL, Role.MANAGER)
    needed = [versions[trade].programme_id for trade in TRADES]
    yield story.at(story.workday(-26), 10)
    following = queries.version(author, programmes.begin_next(author, versions[SCHOOL, CODE]).id)
    for programme_id in needed:
        prerequisites.add(author, following, programme_id=programme_id)
    prerequisites.edit(author, following, version=following.version, needs=Needs.ANY, least=1, points={})
    programmes.submit(author, following)
    yield story.at(story.workday(-24), 15)
    programmes.publish(manager, following)
    versions[SCHOOL, CODE] = following
    yield story.at(story.workday(-21), 11)
    story.expect(-14, 17)
    cohort = cohorts.plan(
        manager,
        following,
        code=NAME,
        study_form=StudyForm.MIXED,
        entry_base=EntryBase.ANY,
        starts_on=story.day(28),
        ends_on=story.day(42),
        opens_on=story.day(-14),
        closes_on=story.day(16),
        seats={Funding.PAID: 8, Funding.EMPLOYER: 4},
    )
    yield story.at(story.workday(-9), 18)
    for person in graduates(classes)[:2]:
        services.apply(person.actor, cohort, funding=[Funding.PAID])
    yield story.at(story.workday(-3), 12)
    for person in skilled(classes)[:1]:
        waivers.grant(manager, following, trainee_id=person.trainee.id, words=WHY)
        services.apply(person.actor, cohort, funding=[Funding.PAID])
    for person in skilled(classes)[1:2]:
        mistaken = waivers.grant(manager, following, trainee_id=person.trainee.id, words=WHY)
        yield story.at(story.workday(-2), 10)
        waivers.revoke(manager, mistaken, reason=MISTAKEN, begun=enrolments.has_begun)
    story.begin(sending(region, cohort))


def sending(region: Region, cohort: Cohort) -> Life:
    """An employer names two of its people for seats of the cohort; neither meets what it builds on yet."""
    story, names = region.story, Names(Random(NAME))
    yield story.at(story.workday(-2), 11)
    key = bought(region, OTHER, cohort, 2, "Двое наладчиков; договор № 6-КС.").id
    yield story.at(story.workday(-2), 16)
    head = region.acting(SCHOOL, Role.MANAGER)
    buying.agree(head, purchases.purchase(head, key))
    yield story.at(story.workday(-1), 10)
    nominate(region.acting(OTHER, Role.MANAGER), key, *(named(names.another(), OTHER, number) for number in (2, 3)))


def graduates(classes: Sequence[Class]) -> list[Person]:
    """Those who have completed one of the trades by now, by cohort and name."""
    done = [one for one in classes if (one.group.school, one.group.code) in TRADES and one.cohort is not None]
    finished = {each.trainee_id for one in done if one.cohort is not None for each in enrolments.completed(one.cohort.id)}
    return [person for one in done for person in one.people if person.trainee.id in finished]


def skilled(classes: Sequence[Class]) -> list[Person]:
    """Those whose cohort of this programme was cancelled, before it asked for anything."""
    return [
        person for one in classes if (one.group.school, one.group.code) == (SCHOOL, CODE) and one.group.cancelled for person in one.people
    ]
