"""The trainees of the demonstration region."""

from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from seeds.names import Name
from seeds.people import account
from seeds.places import Region
from training.kernel import clock
from training.kernel.policy import Learner, Visitor
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Schooling

TOWNS = ("Димитровград",) * 11 + ("Мелекесс", "Мелекесс", "Новая Майна", "Мулловка", "Никольское-на-Черемшане", "Тиинск", "Ульяновск")
ABOUT = (
    "Ищу работу рядом с домом, смены подходят.",
    "Хочу на участок, где можно вырасти до наладчика.",
    "Люблю точную работу, умею читать чертежи.",
    "Свободное время – мотоциклы и слесарное дело; руки не боятся работы.",
    "Кружок робототехники три года: собираю, паяю, пишу программы.",
    "После смены могу учиться дальше, интересна программа для станков.",
    "Спокойно отношусь к ночным сменам, есть права категории B.",
    "Два года на складе, хочу рабочую специальность.",
)
YEAR = timedelta(days=365.25)
WITHOUT_EMAIL = 10
"""Every so many-th has no e-mail and signs in by a login name of the school's card."""
_numbers = count(1)


class Person(NamedTuple):
    """A trainee with the actor they are."""

    trainee: Trainee
    actor: Learner
    name: Name


class Ages(NamedTuple):
    """How old people are when something begins, in full years."""

    youngest: int
    oldest: int


def newcomer(region: Region, *, ages: Ages, on: date, name: Name | None = None, school: str = "dtk", login: bool = True) -> Person:
    """Somebody who signs up now, and is of that age on that day."""
    chance, number = region.story.chance, next(_numbers)
    called = name or region.names.another()
    by_card = login and number % WITHOUT_EMAIL == 7
    person = (
        account(called, login_name=f"{school}-{number:04d}") if by_card else account(called, email=f"{called.latin}{number}@people.example")
    )
    born_on = birthday(region, ages, on)
    years = (clock.today() - born_on) / YEAR
    trainee = profiles.make(
        Visitor(person.id),
        person,
        family_name=called.family,
        given_name=called.given,
        patronymic=called.patronymic,
        born_on=born_on,
        schooling=schooling(region, years),
        town=chance.choice(TOWNS),
        phone=phone(number),
        about=chance.choice(ABOUT) if years >= 17 and chance.random() < 0.4 else None,
    )
    return Person(trainee, Learner(person.id, trainee.id), called)


def birthday(region: Region, ages: Ages, on: date) -> date:
    """A birth date of somebody who has these full years on a day, most of them the fewer."""
    chance = region.story.chance
    years = min(chance.randint(ages.youngest, ages.oldest), chance.randint(ages.youngest, ages.oldest))
    return on - timedelta(days=int(years * 365.25) + chance.randrange(5, 360))


def schooling(region: Region, years: float) -> Schooling:
    """What people of an age have finished before, as a rule."""
    if years < 17.5:
        return Schooling.BASIC
    return region.story.chance.choices((Schooling.UPPER, Schooling.VOCATIONAL, Schooling.HIGHER), (0.5, 0.42, 0.08 if years > 23 else 0.0))[
        0
    ]


def phone(number: int) -> str:
    """A number that nobody has."""
    return f"+7 900 000-{number // 100:02d}-{number % 100:02d}"
