"""Vacancies and applications of the demonstration region, in every state."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import NamedTuple

from seeds.groups import Taken
from seeds.learners import Person
from seeds.places import Region
from seeds.story import ZONE, day, on
from training.candidates.applications import queries, services
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import Rejection, Withdrawal
from training.candidates.interviews import queries as interview_queries
from training.candidates.interviews import services as interviews
from training.candidates.offers import queries as offer_queries
from training.candidates.offers import services as offers
from training.candidates.vacancies import queries as vacancy_queries
from training.candidates.vacancies import services as vacancies
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import Employment, Schedule
from training.kernel.money import Money
from training.kernel.policy import Role
from training.taxonomy import services as taxonomy
from training.taxonomy.models import Occupation
from training.trainees.disclosures import services as disclosures
from training.trainees.profiles.workflow import Visibility


class Job(NamedTuple):
    """A vacancy: employer, title, occupation, positions, pay from and to, where it stands."""

    employer: str
    title: str
    occupation: str
    positions: int
    pay_from: int | None
    pay_to: int | None
    state: str = "live"


JOBS = [
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
    Job("kontrol", "Контролёр ОТК", "quality-technician", 1, 50_000, 60_000, "paused"),
    Job("stamp", "Штамповщик", "press-operator", 2, 54_000, 66_000, "draft"),
    Job("aluminium", "Слесарь-ремонтник", "equipment-mechanic", 1, 62_000, 70_000, "closed"),
]


def build(region: Region, taken: Taken, crowd: Iterator[Person]) -> Person:
    """Publishes the vacancies, then graduates and others apply and go every way; gives the graduate who has an offer to answer."""
    occupations = taxonomy.keys(Occupation)
    with on(-34):
        made = [make(region, job, occupations) for job in JOBS]
    graduates = [*taken.people["ЧПУ-В-1"], *taken.people["ТПА-1"]]
    grown = [one for one in graduates if not one.trainee.is_minor(day(-34))]
    for number, person in enumerate(grown):
        with on(-33, 9, number):
            visibility = Visibility.EMPLOYERS if number % 4 != 3 else Visibility.SCHOOL
            disclosures.choose_visibility(person.actor, person.trainee, visibility=visibility)
    with on(-32):
        others = [next(crowd) for _ in range(24)]
    seekers = iter([one for one in [*grown, *others] if not one.trainee.is_minor(day(-32))])
    graduate = board(region, made[0], seekers)
    for number in range(10):
        with on(-12 + number, 10, number):
            apply(made[1 + number % 9], next(seekers))
    return graduate


def make(region: Region, job: Job, occupations: dict[str, int]) -> Vacancy:
    """A vacancy where it stands today."""
    manager = region.acting(job.employer, Role.RECRUITER)
    vacancy = vacancies.draft(
        manager,
        region.employers[job.employer],
        title=job.title,
        occupation_id=occupations[job.occupation],
        description="Работа на площадке кластера, обучение на месте, наставник на первые три месяца. Развозка из Димитровграда.",
        schedule=Schedule.SHIFTS,
        employment=Employment.FULL,
        positions=job.positions,
        pay_from=Money.of(job.pay_from).minor if job.pay_from else None,
        pay_to=Money.of(job.pay_to).minor if job.pay_to else None,
    )
    vacancy = vacancy_queries.vacancy(manager, vacancy.id)
    if job.state != "draft":
        vacancies.publish(manager, vacancy)
    if job.state == "paused":
        vacancies.pause(manager, vacancy)
    if job.state == "closed":
        vacancies.close(manager, vacancy)
    return vacancy


def apply(vacancy: Vacancy, person: Person) -> Application:
    """An application with the profile."""
    seen = vacancy_queries.vacancy(person.actor, vacancy.id)
    return services.apply(person.actor, seen, trainee=person.trainee, letter="Прошёл обучение и практику, хочу работать на этом участке.")


def board(region: Region, vacancy: Vacancy, seekers: Iterator[Person]) -> Person:
    """One vacancy with candidates in every stage and every end; gives the one with an offer to answer."""
    recruiter = region.acting("daaz", Role.RECRUITER)
    people = [next(seekers) for _ in range(13)]
    keys = []
    for number, person in enumerate(people):
        with on(-30 + number, 10, number):
            keys.append(apply(vacancy, person).id)

    def found(number: int) -> Application:
        return queries.application(recruiter, keys[number])

    stages = [stage.id for stage in vacancy_queries.stages(vacancy.id)]
    for number, stage in ((0, 3), (1, 3), (2, 2), (3, 2), (4, 2), (5, 1), (6, 1)):
        with on(-9 + number % 4, 11, number):
            services.move(recruiter, found(number), stage_id=stages[stage])
    with on(-6):
        services.reject(recruiter, found(7), reason=Rejection.SKILLS, words="Нужен опыт наладки; приходите после модуля ПМ.02.")
    with on(-5):
        application = queries.application(people[8].actor, keys[8])
        services.withdraw(people[8].actor, application, reason=Withdrawal.STUDY)
    panel = [region.staff["daaz", Role.RECRUITER].membership.id, region.staff["daaz", Role.MENTOR].membership.id]
    for number, hour in ((2, 10), (3, 12)):
        with on(-2, 9, number):
            starts_at = datetime.combine(day(2 + number), time(hour), tzinfo=ZONE)
            interview = interviews.propose(
                recruiter,
                found(number),
                starts_at=starts_at,
                ends_at=starts_at.replace(minute=45),
                place="Проходная 1, кабинет 12",
                members=panel,
            )
        if number == 2:
            with on(-1, 9):
                interviews.confirm(people[number].actor, interview_queries.interview(people[number].actor, interview.id))
    for number in (0, 1):
        with on(-3, 15, number):
            offers.send(
                recruiter,
                found(number),
                position="Оператор станков с ЧПУ",
                pay=Money.of(68_000),
                starts_on=day(12),
                expires_at=datetime.combine(day(4), time(18), tzinfo=ZONE),
            )
    with on(-1, 12):
        live = offer_queries.live_of(keys[0])
        assert live is not None
        offers.accept(people[0].actor, offer_queries.offer(people[0].actor, live.id))
    return people[1]
