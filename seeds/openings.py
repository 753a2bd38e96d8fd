"""Openings of the demonstration region: what employers offer, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from seeds.places import Region
from seeds.size import Size
from seeds.story import Life
from seeds.studying import Class
from seeds.trades import TRADES
from training.internships.openings import queries, services
from training.internships.openings.models import Opening
from training.internships.openings.workflow import Hazard, State
from training.kernel.money import Money
from training.kernel.policy import Member, Role

PAST = (-648, -575, -500, -430, -360, -290, -220, -160, -85)
"""When the practice of former terms began."""
EACH = 5
"""Openings of each of these."""
LATE = (-18, -15, -11, -9, -20, -16)
COMING = (8, 12, 15, 19, 22, 26, 29, 33, 36, 40, 44, 47, 51, 54, 57)
REQUIREMENTS = (
    "Пройденный модуль ПМ.01, медосмотр до начала.",
    "Медосмотр и вводный инструктаж до начала. Спецодежду выдаём.",
    "Умение читать чертежи. Развозка от площади Советов.",
    "Второй курс и старше. Наставник закреплён, обед в столовой.",
    "Сменный график только дневной. Берём без опыта.",
    "Аккуратность и интерес к делу; лучших зовём на работу.",
)
TAKEN_BACK = (
    "Участок остановлен на переналадку, наставник занят на другой линии.",
    "Сроки перенесены на весну; объявим новый набор.",
)


class Offer(NamedTuple):
    """An opening: employer, title, occupation, places, first day and length relative to today, pay, hazard, what becomes of it."""

    employer: str
    title: str
    occupation: str
    places: int
    starts: int
    days: int
    pay: int | None
    hazard: Hazard = Hazard.NONE
    fate: str = "open"


CORE = [
    Offer("daaz", "Практика в цехе вакуумных усилителей", "cnc-operator", 6, -14, 42, 18_400),
    Offer("daaz", "Практика оператора станков с ЧПУ", "cnc-operator", 4, 16, 40, 18_400),
    Offer("avtosvet", "Практика на участке оснастки", "toolmaker", 4, -14, 42, 17_000),
    Offer("torsion", "Практика сварщика", "welder", 4, 14, 40, 20_000, Hazard.WELDING),
    Offer("dlz", "Практика в литейном цехе", "foundry-operator", 2, 20, 30, 21_000, Hazard.HEAT),
    Offer("dzpm", "Практика в прессовом цехе", "press-operator", 4, 14, 40, 17_500),
    Offer("climate", "Практика электромонтёра", "industrial-electrician", 3, -40, 28, 16_000),
    Offer("harness", "Практика сборщика жгутов", "automotive-electrician", 5, 18, 30, 15_000),
    Offer("prizma", "Практика контролёра", "quality-technician", 2, 21, 30, None),
    Offer("robotech", "Практика оператора роботов", "robot-controller", 2, 25, 40, 22_000),
]
"""Those of the small region."""


@dataclass
class Places:
    """An opening of the story: what is offered, and its record once it is made."""

    offer: Offer
    opening: Opening | None = None
    asked: int = 0
    """How many people ask for it in the story."""


def offers(region: Region, classes: Sequence[Class]) -> list[Places]:
    """Every opening of the region, those of the small one first."""
    found = [Places(offer) for offer in CORE]
    if region.size is Size.SMALL:
        return found
    for starts in PAST:
        taught = [one.occupation for one in classes if one.group.starts + 25 < starts < one.group.starts + one.group.days]
        found += [Places(another(region, starts, taught if number < 4 else [])) for number in range(EACH)]
    taught = [one.occupation for one in classes if one.group.starts < -20]
    found += [Places(another(region, starts, taught)) for starts in LATE]
    found += [Places(another(region, starts, taught if number % 3 else [])) for number, starts in enumerate(COMING)]
    found += [Places(another(region, starts, [])._replace(fate=fate)) for starts, fate in ((60, "draft"), (48, "draft"))]
    found += [Places(another(region, starts, [])._replace(fate="withdrawn")) for starts in (30, 24)]
    return found


def another(region: Region, starts: int, taught: Sequence[str]) -> Offer:
    """An opening in one of the occupations that are taught (or any) at an employer that works with it."""
    story, chance = region.story, region.story.chance
    pairs = [
        (place.slug, trade)
        for place in region.active
        for trade in place.trades
        if not taught or trade in taught
        for _ in range(place.mentors)  # larger ones offer more
    ]
    employer, occupation = chance.choice(pairs)
    trade = TRADES[occupation]
    hazard = trade.hazard if chance.random() < 0.6 else Hazard.NONE
    return Offer(
        employer,
        chance.choice(trade.openings),
        occupation,
        chance.choice((2, 3, 4, 4, 5, 6)),
        story.monday(starts),
        chance.choice((11, 18, 18, 25, 25)) if starts < -21 else chance.choice((25, 32, 39)),
        trade.stipend + chance.randrange(-4, 5) * 500 if chance.random() < 0.85 else None,
        hazard,
    )


def offering(region: Region, places: Places) -> Life:
    """An employer writes an opening, opens it, and closes it when it begins."""
    story, offer = region.story, places.offer
    day = {"open": min(offer.starts - 58, -12), "draft": -3, "withdrawn": -26}[offer.fate]
    recruiter = region.acting(offer.employer, Role.MANAGER if story.chance.random() < 0.5 else Role.RECRUITER)
    yield story.at(story.workday(max(day, region.size.since + 12)), 9, story.chance.randrange(60))
    opening = places.opening = made(region, offer, recruiter)
    if offer.fate == "draft":
        return
    services.open(recruiter, opening)
    if offer.fate == "withdrawn":
        yield story.at(story.workday(-5), 13)
        services.withdraw(recruiter, opening, reason=story.chance.choice(TAKEN_BACK))
        return
    yield story.at(story.workday(offer.starts), 9)
    if opening.state is State.OPEN:
        services.close(recruiter, opening)


def made(region: Region, offer: Offer, actor: Member) -> Opening:
    """The opening as a draft, loaded with all that its pages say."""
    story = region.story
    early = story.chance.random() < 0.7 or offer in CORE
    opening = services.make(
        actor,
        region.employers[offer.employer],
        title=offer.title,
        occupation_id=region.occupations[offer.occupation],
        places=offer.places,
        starts_on=story.day(offer.starts),
        ends_on=story.day(offer.starts + offer.days),
        weekly_hours=35,
        daily_hours=7,
        shift_from=time(8) if early else time(7),
        shift_to=time(15, 30) if early else time(14, 45),
        hazard=offer.hazard,
        pay=Money.of(offer.pay) if offer.pay else None,
        requirements=REQUIREMENTS[0] if offer in CORE else story.chance.choice(REQUIREMENTS),
    )
    return queries.opening(actor, opening.id)
