"""Parents of minors: asked by a letter with a link, most agree, some do not, some have not answered yet."""

from collections.abc import Iterator
from itertools import count

from seeds.learners import Person
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.accounts import queries as links
from training.accounts.workflow import Purpose
from training.kernel.policy import Bearer
from training.trainees.consents import queries, services

_numbers = count(1)


def asked(region: Region, person: Person, day: int, answer: str | None, *, after: int = 2, withdrawn: int | None = None) -> Life:
    """A minor names a parent, who answers (`give`, `refuse` or not at all), and may take a consent back on a later day."""
    story = region.story
    yield story.at(day, 19, story.chance.randrange(60))
    if not person.trainee.is_minor() or queries.open_of(person.trainee.id) is not None:
        return
    mother = region.names.mother_of(person.name)
    consent = services.ask(
        person.actor,
        person.trainee,
        name=f"{mother.family} {mother.given} {mother.patronymic}",
        email=f"{mother.latin}.{next(_numbers)}@parents.example",
        language="ru",
    )
    link = links.newest_link(Purpose.CONSENT, consent.id)
    if answer is None or link is None:
        return
    bearer = Bearer(link.id, Purpose.CONSENT.value, consent.id)
    yield story.at(day + after, 20, story.chance.randrange(60))
    (services.give if answer == "give" else services.refuse)(bearer, consent)
    if withdrawn is not None and answer == "give":
        yield story.at(withdrawn, 21)
        services.withdraw(bearer, consent)


def families(region: Region, classes: list[Class]) -> Iterator[Life]:
    """In running groups of young people some parents are asked soon after the start, whatever for."""
    for one in classes:
        if one.group.ages.youngest < 18 and one.group.starts < 0 and not one.group.core:
            yield evening(region, one)


def evening(region: Region, one: Class) -> Life:
    """The school's first parents' evening."""
    story, chance = region.story, region.story.chance
    start = story.monday(one.group.starts)
    yield story.at(start + 9, 18)
    for person in one.people:
        if chance.random() < 0.22:
            answer = chance.choices(("give", "refuse", None), (0.8, 0.1, 0.1))[0]
            day = start + 10 + chance.randrange(20)
            withdrawn = day + 60 if chance.random() < 0.05 else None
            story.begin(asked(region, person, day, answer, after=chance.randrange(1, 5), withdrawn=withdrawn))
    recent = one.people[-4:] if one.group.starts > -120 else []
    for number, person in enumerate(recent):
        story.begin(asked(region, person, -4 + number, None))
