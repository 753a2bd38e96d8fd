"""Vacancies of the demonstration region: what employers look for, since when, and how it ends."""

from dataclasses import dataclass
from typing import NamedTuple

from seeds.places import Region
from seeds.size import Size
from seeds.story import Life
from seeds.trades import TRADES
from training.candidates.vacancies import queries, services
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import Employment, Schedule, State
from training.kernel.money import Money
from training.kernel.policy import Member, Role

CONDITIONS = (
    "Обучение на месте, наставник на первые три месяца. Развозка из Димитровграда.",
    "Белая зарплата, спецодежда, столовая. Испытательный срок два месяца.",
    "Доплата за наставника и за ночные смены, компенсация проезда из районов.",
    "Пятидневка с 8:00, премия по итогам месяца, ДМС после полугода.",
    "Берём выпускников без стажа: допуск после двух недель на участке.",
    "Помощь с общежитием для приезжих, обучение на следующий разряд за счёт предприятия.",
)


class Job(NamedTuple):
    """A vacancy: employer, title, occupation, positions, pay from and to, when it is published, what becomes of it."""

    employer: str
    title: str
    occupation: str
    positions: int
    pay_from: int | None
    pay_to: int | None
    fate: str = "live"
    published: int = -34
    ends: int | None = None
    """When it is closed or paused, or its last day."""


CORE = [
    Job("daaz", "Оператор станков с ЧПУ", "cnc-operator", 4, 61_400, 82_000),
    Job("daaz", "Наладчик пресс-форм", "toolmaker", 2, 70_000, 95_000),
    Job("avtosvet", "Литейщик пластмасс", "moulding-operator", 5, 52_000, 64_000),
    Job("dzpm", "Оператор прессов", "press-operator", 3, 55_000, 68_000),
    Job("dlz", "Литейщик", "foundry-operator", 3, 60_000, 78_000),
    Job("torsion", "Сварщик", "welder", 2, 75_000, 110_000),
    Job("climate", "Электромонтёр", "industrial-electrician", 2, 58_000, 72_000),
    Job("harness", "Сборщик жгутов", "automotive-electrician", 6, 45_000, 56_000),
    Job("robotech", "Оператор роботизированной ячейки", "robot-controller", 1, 80_000, None),
    Job("service-auto", "Слесарь по ремонту автомобилей", "vehicle-technician", 2, None, None),
    Job("kontrol", "Контролёр ОТК", "quality-technician", 1, 50_000, 60_000, "paused", ends=-10),
    Job("stamp", "Штамповщик", "press-operator", 2, 54_000, 66_000, "draft"),
    Job("aluminium", "Слесарь-ремонтник", "equipment-mechanic", 1, 62_000, 70_000, "closed", ends=-20),
]
"""Those of the small region."""
FURTHER = {"live": 24, "before": 25, "paused": 3, "draft": 5}
"""Vacancies of the whole region beside those, by what becomes of them."""


@dataclass
class Post:
    """A vacancy of the story: what is offered, and its record once it is made."""

    job: Job
    vacancy: Vacancy | None = None

    @property
    def live(self) -> bool:
        """Whether one can apply."""
        return self.vacancy is not None and self.vacancy.state is State.LIVE


def posts(region: Region) -> list[Post]:
    """Every vacancy of the region, those of the small one first."""
    found = [Post(job) for job in CORE]
    if region.size is Size.SMALL:
        return found
    chance = region.story.chance
    for number in range(FURTHER["before"]):
        published = -690 + number * 24
        fate = ("filled", "expires", "filled", "closed")[number % 4]
        found.append(Post(another(region, fate, published, published + chance.randrange(40, 60))))
    live = FURTHER["live"]
    found += [Post(another(region, "live", -46 + number * 44 // live, 6 + number * 2 if number % 2 else None)) for number in range(live)]
    found += [Post(another(region, "paused", -40 + number * 6, -7 + number)) for number in range(FURTHER["paused"])]
    found += [Post(another(region, "draft", -6 + number, None)) for number in range(FURTHER["draft"])]
    return found


def another(region: Region, fate: str, published: int, ends: int | None) -> Job:
    """A vacancy in one of an employer's occupations."""
    chance = region.story.chance
    place = chance.choices(region.active, [place.mentors for place in region.active])[0]
    occupation = chance.choice(place.trades)
    trade = TRADES[occupation]
    low, high = trade.pay
    start = low + chance.randrange(-3, 5) * 1_000
    end = chance.choice((high, high - 4_000, start + 12_000, None))
    stated = chance.random() < 0.9
    return Job(
        place.slug,
        chance.choice(trade.vacancies),
        occupation,
        chance.choice((1, 1, 2, 2, 3, 4)),
        start if stated else None,
        max(end, start) if stated and end else None,
        fate,
        region.story.workday(published),
        ends,
    )


def recruiting(region: Region, post: Post) -> Life:
    """An employer drafts a vacancy and publishes it; it is paused, closed, runs out or is filled."""
    story, job = region.story, post.job
    recruiter = region.acting(job.employer, Role.RECRUITER)
    day = story.workday(max(job.published, region.size.since + 14))
    yield story.at(day, 10, story.chance.randrange(60))
    vacancy = post.vacancy = made(region, job, recruiter)
    if job.fate == "draft":
        return
    yield story.at(day, 16, story.chance.randrange(60))
    services.publish(recruiter, vacancy)
    if job.fate in ("paused", "closed") and job.ends is not None:
        yield story.at(story.workday(job.ends), 12)
        if vacancy.state is State.LIVE:
            (services.pause if job.fate == "paused" else services.close)(recruiter, vacancy)
    elif job.fate == "expires" and job.ends is not None:
        story.expect(job.ends + 1)
        yield story.at(job.ends + 1, 8)
    elif job.fate == "filled" and job.ends is not None:
        yield story.at(story.workday(job.ends + 40), 12)
        if vacancy.state is State.LIVE:
            services.close(recruiter, vacancy)


def made(region: Region, job: Job, recruiter: Member) -> Vacancy:
    """The vacancy as a draft, loaded with all that its pages say."""
    chance = region.story.chance
    conditions = " ".join(chance.sample(CONDITIONS, 2))
    vacancy = services.draft(
        recruiter,
        region.employers[job.employer],
        title=job.title,
        occupation_id=region.occupations[job.occupation],
        description=f"{TRADES[job.occupation].work} {conditions}",
        schedule=chance.choices(list(Schedule), (0.4, 0.4, 0.15, 0.05))[0],
        employment=Employment.FULL if job in CORE else chance.choices(list(Employment), (0.86, 0.05, 0.05, 0.04))[0],
        positions=job.positions,
        pay_from=Money.of(job.pay_from).minor if job.pay_from else None,
        pay_to=Money.of(job.pay_to).minor if job.pay_to else None,
        closes_on=region.story.day(job.ends) if job.ends and job.fate in ("live", "expires") else None,
    )
    return queries.vacancy(recruiter, vacancy.id)
