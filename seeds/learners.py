"""The trainees of the demonstration region."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from seeds import people
from training.kernel.policy import Learner, Visitor
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Schooling

TOWNS = ("Димитровград", "Димитровград", "Димитровград", "Мелекесс", "Ульяновск", "Новая Майна")


class Person(NamedTuple):
    """A trainee with the actor they are."""

    trainee: Trainee
    actor: Learner


def person(number: int, *, years: int, today: date, login_name: str | None = None) -> Person:
    """The trainee of that number, who turned `years` some weeks ago; every tenth has no e-mail and signs in by a login name."""
    called = people.name(number)
    login = login_name or (f"dtk-{number:04d}" if number % 10 == 7 else None)
    account = people.account(None if login else f"person{number}@people.example", login_name=login, of=called)
    born_on = date(today.year - years, today.month, min(today.day, 28)) - (today - today.replace(day=1)) if years else today
    trainee = profiles.make(
        Visitor(account.id),
        account,
        family_name=called.family,
        given_name=called.given,
        patronymic=called.patronymic,
        born_on=born_on,
        schooling=Schooling.BASIC if years < 18 else Schooling.UPPER,
        town=TOWNS[number % len(TOWNS)],
        phone=f"+7 900 000-{number // 100:02d}-{number % 100:02d}",
    )
    return Person(trainee, Learner(account.id, trainee.id))


def crowd(today: date, first: int = 0) -> Iterator[Person]:
    """One trainee after another: of every seven two are 16, one 17, the others 18 to 32."""
    ages = (16, 19, 22, 16, 25, 17, 32)
    number = first
    while True:
        yield person(number, years=ages[number % 7], today=today)
        number += 1
