"""Who goes where for practice: the stays of the small region one by one, the many of the whole one by lot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from seeds.guardians import asked
from seeds.learners import Person
from seeds.openings import Places
from seeds.places import Region
from seeds.practice import End, Pace, Stay
from seeds.size import Size
from seeds.story import Life
from seeds.studying import Class, own
from training.courses.enrolments.workflow import State
from training.internships.openings.workflow import Hazard
from training.trainees.profiles.models import OF_AGE, age_on

T = TypeVar("T")
RELATED = {
    "toolmaker": ("toolmaker", "cnc-operator"),
    "turner": ("cnc-operator", "process-technician"),
    "press-operator": ("equipment-mechanic", "cnc-operator", "quality-technician"),
    "foundry-operator": ("equipment-mechanic", "industrial-electrician"),
    "vehicle-assembler": ("vehicle-technician", "equipment-mechanic"),
    "automotive-electrician": ("industrial-electrician", "vehicle-technician"),
    "quality-technician": ("quality-technician", "process-technician"),
}
"""Whose trainees practise in an occupation, where it is not their own alone."""
STAYS = 150
"""Placements of the whole region beside those of the small one."""
SCHOOL_SAYS_NO = (
    "Сначала сдайте модуль ПМ.01: на этом участке он нужен.",
    "В эти недели у группы экзамены; выберите практику позже.",
    "Есть задолженность по двум предметам, практику пока не согласуем.",
)
HOST_SAYS_NO = (
    "Наставник уходит в отпуск, на этот срок взять не можем.",
    "Нужен допуск к работе на высоте, у обучающегося его нет.",
    "Места заняты обучающимися по целевому договору.",
)
TRAINEE_LEAVES = ("Есть практика ближе к дому.", "Договорились с другим предприятием.", "Семейные обстоятельства, переносим на весну.")
CALLED_OFF = ("Участок переведён на неполную неделю.", "Обучающийся болеет, практика переносится.", "Срок перенесён по просьбе колледжа.")
BROKEN = (
    "Цех остановлен на ремонт, наставник переведён.",
    "Пропуски без причины больше трёх дней.",
    "Больничный до конца срока практики.",
)


def stays(region: Region, classes: Sequence[Class], places: Sequence[Places]) -> Iterator[Life]:
    """Begins, when the groups have gathered, the ways of everybody who asks for practice."""
    yield core(region, classes, places)
    if region.size is Size.FULL:
        yield from drawn(region, classes, places)


def core(region: Region, classes: Sequence[Class], places: Sequence[Places]) -> Life:
    """Trainees of the groups that began last go every way a placement can go."""
    story = region.story
    yield story.at(-72, 7)
    groups = {one.group.name.partition("-")[0]: one for one in classes if one.group.core and one.group.starts == -80}
    students = [*groups["ОН"].people, *groups["ЭМ"].people, *groups["СД"].people]
    adults = iter([one for one in students if not one.trainee.is_minor(story.day(-62))])
    minors = [one for one in students if one.trainee.is_minor(story.day(60)) and one.trainee.age(story.day(16)) >= 16]
    daaz, daaz_next, avtosvet, _welding, _foundry, press, past, harness, control, robots = places[:10]

    def go(opening: Places, pace: Pace) -> Person:
        person = next(adults)
        story.begin(Stay(region, opening, person, pace).life())
        return person

    for _ in range(2):
        go(past, Pace(-60, -58, -56, -54, -53, -52))
    region.personas["trainee"] = go(daaz, Pace(-40, -38, -36, -34, -33, -33, draft=True)).actor
    for opening in (daaz, daaz, avtosvet):
        go(opening, Pace(-40, -38, -36, -34, -33, -32))
    go(avtosvet, Pace(-40, -38, -36, -34, -33, -33, End("break_off", "host", -5, BROKEN[0])))
    go(press, Pace(-12, -11, -9, -7, -6, -6))
    go(press, Pace(-9, -8, -6, -4, -3))
    go(press, Pace(-8, -7, -3))
    go(press, Pace(-9, -8, -6, -3))
    for _ in range(2):
        go(daaz_next, Pace(-5, -3))
    go(robots, Pace(-6, end=End("refuse", "school", -4, SCHOOL_SAYS_NO[0])))
    go(control, Pace(-6, end=End("withdraw", "trainee", -5, TRAINEE_LEAVES[0])))
    go(harness, Pace(-1))
    region.personas["minor"] = minors[0].actor
    for number, person in enumerate(minors[:3]):
        story.begin(asked(region, person, -4, "give" if number < 2 else None, after=1))
        if number < 2:
            story.begin(Stay(region, daaz_next, person, Pace(-2)).life())


def drawn(region: Region, classes: Sequence[Class], places: Sequence[Places]) -> Iterator[Life]:
    """The many: openings before, now and to come, each with some who ask."""
    later = [one for one in places[10:] if one.offer.fate == "open"]
    past = [one for one in later if one.offer.starts < -21]
    now = [one for one in later if -21 <= one.offer.starts <= 0]
    coming = [one for one in later if one.offer.starts > 0]
    wish = Wish()
    for opening, count in [*shared(past, 60), *shared(now, 16), *shared(coming, STAYS - 76)]:
        yield gathering(region, classes, opening, count, wish)


def shared(among: Sequence[T], count: int) -> list[tuple[T, int]]:
    """So many people over some openings (or vacancies), the first ones getting the rest."""
    return [(one, count // len(among) + (number < count % len(among))) for number, one in enumerate(among)]


@dataclass
class Wish:
    """How many people have found no practice so far, and who is spoken for when."""

    open: int = 0
    busy: dict[int, list[tuple[date, date]]] = field(default_factory=dict)

    def is_free(self, person: Person, first: date, last: date) -> bool:
        """Whether nothing of these days is spoken for."""
        return not any(begin <= last and first <= end for begin, end in self.busy.get(person.trainee.id, []))


def gathering(region: Region, classes: Sequence[Class], places: Places, count: int, wish: Wish) -> Life:
    """Shortly before the first ask for an opening, whoever may go is found among those who study then."""
    story, offer = region.story, places.offer
    lead = 44 if offer.starts <= 0 else min(44, offer.starts + 24)
    yield story.at(offer.starts - lead, 6)
    first, last = story.day(offer.starts), story.day(offer.starts + offer.days)
    fitting = RELATED.get(offer.occupation, (offer.occupation,))
    people = [
        (one, person)
        for one in classes
        if one.occupation in fitting and not (one.group.core and one.group.starts == -80)
        if one.group.starts < offer.starts - 20 and offer.starts < one.group.starts + one.group.days
        for person in one.people
        if may_go(person, offer.hazard, first) and wish.is_free(person, first, last)
    ]
    story.chance.shuffle(people)
    people.sort(key=lambda pair: len(wish.busy.get(pair[1].trainee.id, [])))
    wanted = min(count + min(wish.open, 3), offer.places)
    going = [person for one, person in people[: 2 * wanted] if own(one, person, State.ENROLLED)][:wanted]
    wish.open += count - len(going)
    for person in going:
        wish.busy.setdefault(person.trainee.id, []).append((first, last))
        asks = min(offer.starts - lead + 4 + story.chance.randrange(20), offer.starts - 8)
        if person.trainee.is_minor(story.day(asks)):
            story.begin(asked(region, person, asks - 4, "give", after=story.chance.randrange(1, 4)))
        story.begin(Stay(region, places, person, pace(region, offer.starts, asks)._replace(drawn=True)).life())


def may_go(person: Person, hazard: Hazard, first: date) -> bool:
    """Of age, or at least 16 and no hazard; and on a school's roster."""
    years = age_on(person.trainee.born_on, first)
    return person.trainee.school_id is not None and (years >= OF_AGE or (years >= 16 and hazard is Hazard.NONE))


def pace(region: Region, starts: int, asks: int) -> Pace:
    """How quickly everybody answers, and whether it ends before its time."""
    story, chance = region.story, region.story.chance
    approved = story.workday(asks + chance.randrange(1, 4))
    accepted = max(approved, story.workday(asks + chance.randrange(5, 9)))
    prepared = max(accepted + 1, story.workday(accepted + chance.randrange(1, 5)))
    signed = max(prepared + 1, story.workday(prepared + chance.randrange(1, 5)))
    host = max(signed, story.workday(signed + chance.randrange(0, 4)))
    whole = Pace(asks, approved, accepted, prepared, signed, host)
    luck = chance.random()
    if luck < 0.06:
        return Pace(asks, end=End("refuse", "school", asks + 3, chance.choice(SCHOOL_SAYS_NO)))
    if luck < 0.12:
        return Pace(asks, approved, end=End("refuse", "host", approved + 4, chance.choice(HOST_SAYS_NO)))
    if luck < 0.17:
        return Pace(asks, approved, accepted, end=End("withdraw", "trainee", accepted + 2, chance.choice(TRAINEE_LEAVES)))
    if luck < 0.20:
        return Pace(asks)
    if luck < 0.23:
        return Pace(asks, approved)
    if luck < 0.26:
        return whole._replace(end=End("cancel", chance.choice(("school", "host")), min(host + 2, starts - 1), chance.choice(CALLED_OFF)))
    if luck < 0.30:
        return whole._replace(end=End("break_off", "host", starts + 6 + chance.randrange(5), chance.choice(BROKEN)))
    return whole
