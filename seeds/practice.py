"""Openings and placements of the demonstration region, in every state."""

from datetime import time, timedelta
from typing import NamedTuple

from seeds.groups import Taken
from seeds.learners import Person
from seeds.places import Region
from seeds.story import day, moment, on
from training.accounts import queries as links
from training.accounts.workflow import Purpose
from training.internships.agreements import queries as agreement_queries
from training.internships.agreements import services as agreements
from training.internships.agreements import tasks as documents
from training.internships.evaluations import services as evaluations
from training.internships.evaluations.workflow import Recommendation
from training.internships.logbooks import queries as logbook_queries
from training.internships.logbooks import services as logbooks
from training.internships.openings import queries as opening_queries
from training.internships.openings import services as openings
from training.internships.openings.models import Opening
from training.internships.openings.workflow import Hazard
from training.internships.placements import queries, services
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.kernel import clock
from training.kernel.money import Money
from training.kernel.policy import Actor, Bearer, Member, Role
from training.taxonomy import services as taxonomy
from training.taxonomy.models import Occupation
from training.trainees.consents import services as consents


class Offer(NamedTuple):
    """An opening: employer, title, occupation, places, first day and length relative to today, pay, hazard."""

    employer: str
    title: str
    occupation: str
    places: int
    starts: int
    days: int
    pay: int | None
    hazard: Hazard = Hazard.NONE


OFFERS = [
    Offer("daaz", "Практика в цехе вакуумных усилителей", "cnc-operator", 6, -14, 42, 18_400),
    Offer("daaz", "Практика оператора станков с ЧПУ", "cnc-operator", 4, 16, 40, 18_400),
    Offer("avtosvet", "Практика на участке оснастки", "toolmaker", 4, -14, 42, 17_000),
    Offer("torsion", "Практика сварщика", "welder", 4, 14, 40, 20_000, Hazard.WELDING),
    Offer("dlz", "Практика в литейном цехе", "foundry-operator", 2, 20, 30, 21_000, Hazard.HEAT),
    Offer("dzpm", "Практика в прессовом цехе", "press-operator", 3, 14, 40, 17_500),
    Offer("climate", "Практика электромонтёра", "industrial-electrician", 3, -40, 28, 16_000),
    Offer("harness", "Практика сборщика жгутов", "automotive-electrician", 5, 18, 30, 15_000),
    Offer("prizma", "Практика контролёра", "quality-technician", 2, 21, 30, None),
    Offer("robotech", "Практика оператора роботов", "robot-controller", 2, 25, 40, 22_000),
]


class Stay:
    """One trainee's way through a placement, told step by step on the days it happened."""

    def __init__(self, region: Region, opening: Opening, person: Person) -> None:
        """Nothing has happened yet."""
        self.region, self.opening, self.person = region, opening, person
        school = person.trainee.school_id
        self.school = next(slug for slug, one in region.schools.items() if one.id == school)
        self.employer = next(slug for slug, one in region.employers.items() if one.id == opening.employer_id)
        self.placement_id = 0
        self.agreement_id = 0

    def placement(self, actor: Actor) -> Placement:
        """The placement as it stands, for one of its people."""
        return queries.placement(actor, self.placement_id)

    def at_school(self, role: Role) -> Member:
        """Somebody of the trainee's school."""
        return self.region.acting(self.school, role)

    def at_employer(self, role: Role) -> Member:
        """Somebody of the host."""
        return self.region.acting(self.employer, role)

    def ask(self, offset: int) -> "Stay":
        """The trainee asks for the place."""
        with on(offset, 9):
            self.placement_id = services.request(self.person.actor, opening_queries.opening(self.person.actor, self.opening.id)).id
        return self

    def approve(self, offset: int) -> "Stay":
        """The school agrees."""
        officer = self.at_school(Role.PLACEMENT_OFFICER)
        with on(offset, 11):
            services.approve(officer, self.placement(officer), supervisor=self.region.staff[self.school, Role.TEACHER].membership)
        return self

    def accept(self, offset: int) -> "Stay":
        """The host agrees and names its mentor."""
        manager = self.at_employer(Role.MANAGER)
        with on(offset, 14):
            services.accept(manager, self.placement(manager), mentor=self.region.staff[self.employer, Role.MENTOR].membership)
        return self

    def prepare(self, offset: int) -> "Stay":
        """The school makes the agreement, whose text is fixed at once."""
        officer = self.at_school(Role.PLACEMENT_OFFICER)
        with on(offset, 10):
            self.agreement_id = agreements.make(officer, self.placement(officer), language="ru").id
        with clock.at(moment(offset, 10, 5)):
            documents.render(self.agreement_id)
        return self

    def sign(self, offset: int, *roles_of: str) -> "Stay":
        """The school and the host sign (or those named)."""
        for side, hour in (("school", 11), ("employer", 15)):
            if side in roles_of or not roles_of:
                actor = self.at_school(Role.MANAGER) if side == "school" else self.at_employer(Role.MANAGER)
                with on(offset, hour):
                    agreements.sign(actor, agreement_queries.agreement(actor, self.agreement_id))
        return self

    def start(self) -> "Stay":
        """The first day has come."""
        manager = self.at_employer(Role.MANAGER)
        with on((self.opening.starts_on - day(0)).days, 8):
            services.start(manager, self.placement(manager))
        return self

    def work(self, first: int, last: int, countersigned: int) -> "Stay":
        """An entry for each working day from one offset to another; the mentor countersigns the weeks before `countersigned`."""
        for offset in range(first, last + 1):
            if day(offset).weekday() < 5:
                with on(offset, 17):
                    logbooks.write_and_submit(
                        self.person.actor,
                        self.placement(self.person.actor),
                        worked_on=day(offset),
                        minutes=420,
                        task=TASKS[offset % len(TASKS)],
                        result=RESULT,
                    )
        mentor = self.at_employer(Role.MENTOR)
        for monday in sorted({day(offset) - timedelta(days=day(offset).weekday()) for offset in range(first, countersigned)}):
            with on(min((monday - day(0)).days + 4, 0), 18):
                if logbook_queries.waiting_in(self.placement(mentor), monday):
                    logbooks.countersign(mentor, self.placement(mentor), monday=monday)
        return self

    def evaluate(self, offset: int) -> "Stay":
        """The mentor rates, then the stay is completed."""
        mentor, manager = self.at_employer(Role.MENTOR), self.at_employer(Role.MANAGER)
        with on(offset, 12):
            placement = self.placement(mentor)
            ratings = {skill.id: 3 for skill, _level in asked_of(placement)}
            evaluations.write(
                mentor,
                placement,
                ratings=ratings,
                comment="Работает внимательно, вопросы задаёт вовремя.",
                recommendation=Recommendation.HIRE,
            )
        with on(offset, 15):
            evaluations.complete(manager, self.placement(manager))
        return self


TASKS = (
    "Наладка станка и пробная партия",
    "Замеры деталей после обработки",
    "Смена инструмента, чистка станка",
    "Сборка узлов по чертежу",
    "Контроль первой детали смены",
)
RESULT = "Сделано по карте, замечаний нет."


def build(region: Region, taken: Taken) -> dict[str, Person]:
    """Opens the places, then lets trainees of the running groups go every way a placement can go; gives two to be met at one press."""
    occupations = taxonomy.keys(Occupation)
    with on(-75):
        daaz, daaz_next, avtosvet, _welding, _foundry, press, past, harness, control, robots = (
            make(region, offer, occupations) for offer in OFFERS
        )
    students = [*taken.people["ОН-25"], *taken.people["ЭМ-25"], *taken.people["СВ-11"]]
    adults = iter([one for one in students if not one.trainee.is_minor(day(-75))])
    minors = [one for one in students if one.trainee.is_minor(day(40))]

    def stay(opening: Opening) -> Stay:
        return Stay(region, opening, next(adults))

    for _ in range(2):
        stay(past).ask(-60).approve(-58).accept(-56).prepare(-54).sign(-53).start().work(-40, -20, -13).evaluate(-11)
    active = [stay(opening) for opening in (daaz, daaz, daaz, avtosvet)]
    for number, one in enumerate(active):
        one.ask(-40).approve(-38).accept(-36).prepare(-34).sign(-33 + number % 2).start().work(-14, -1, -8)
    broken = stay(avtosvet).ask(-40).approve(-38).accept(-36).prepare(-34).sign(-33).start().work(-14, -12, -7)
    manager = broken.at_employer(Role.MANAGER)
    with on(-5):
        services.break_off(manager, broken.placement(manager), reason="Цех остановлен на ремонт, наставник переведён.")
    stay(press).ask(-12).approve(-11).accept(-9).prepare(-7).sign(-6)
    stay(press).ask(-9).approve(-8).accept(-6).prepare(-4).sign(-3, "school")
    stay(press).ask(-8).approve(-7).accept(-3)
    for _ in range(2):
        stay(daaz_next).ask(-5).approve(-3)
    refused = stay(robots).ask(-6)
    officer = refused.at_school(Role.PLACEMENT_OFFICER)
    with on(-4):
        services.refuse(officer, refused.placement(officer), reason="Сначала сдайте модуль ПМ.01: на этом участке он нужен.")
    withdrawn = stay(control).ask(-6)
    with on(-5):
        services.withdraw(withdrawn.person.actor, withdrawn.placement(withdrawn.person.actor), reason="Нашёл практику ближе к дому.")
    stay(harness).ask(-1)
    for person in minors[:2]:
        Stay(region, daaz_next, person).ask(-2)
    guardians(minors[:3])
    return {"trainee": active[0].person, "minor": minors[0]}


def guardians(minors: list[Person]) -> None:
    """Three minors ask a parent; the first two say yes, the third has not answered yet."""
    for number, person in enumerate(minors):
        with on(-3, 19):
            consent = consents.ask(
                person.actor,
                person.trainee,
                name=f"Родитель ДЕМО {number + 1}",
                email=f"guardian{number + 1}@people.example",
                language="ru",
            )
            link = links.newest_link(Purpose.CONSENT, consent.id)
        if number < 2 and link is not None:
            with on(-2, 20):
                consents.give(Bearer(link.id, Purpose.CONSENT.value, consent.id), consent)


def make(region: Region, offer: Offer, occupations: dict[str, int]) -> Opening:
    """An opening, open for requests."""
    manager = region.acting(offer.employer, Role.MANAGER)
    opening = openings.make(
        manager,
        region.employers[offer.employer],
        title=offer.title,
        occupation_id=occupations[offer.occupation],
        places=offer.places,
        starts_on=day(offer.starts),
        ends_on=day(offer.starts + offer.days),
        weekly_hours=35,
        daily_hours=7,
        shift_from=time(8),
        shift_to=time(15, 30),
        hazard=offer.hazard,
        pay=Money.of(offer.pay) if offer.pay else None,
        requirements="Пройденный модуль ПМ.01, медосмотр до начала.",
    )
    openings.open(manager, opening)
    return opening_queries.opening(manager, opening.id)
