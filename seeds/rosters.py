"""Trainees whom schools have taken over from their rosters: known to the school, without an account yet."""

from collections.abc import Iterator
from typing import Any

from seeds.learners import TOWNS, Ages, birthday, phone
from seeds.places import Region
from seeds.size import Size
from seeds.story import Life
from training.kernel.policy import Role
from training.trainees.profiles import services
from training.trainees.profiles.workflow import Schooling

ROSTERS = [
    ("dtk", "СИ-{year}", Ages(16, 18), -310, 24),
    ("dtk", "СП-{year}", Ages(17, 19), -305, 22),
    ("dtpt", "ЭГ-{year}", Ages(16, 18), -300, 25),
    ("dmtt", "ТО-{year}", Ages(16, 18), -200, 26),
    ("dmtt", "МТ-{year}", Ages(17, 19), -70, 24),
    ("diti", "ПР-{year}", Ages(16, 19), -66, 28),
    ("diti", "АТ-{year}", Ages(16, 18), -66, 32),
]
"""School, group, ages, day of the import, people."""


def rosters(region: Region) -> Iterator[Life]:
    """In the whole region only."""
    if region.size is Size.FULL:
        for number, (school, group, ages, day, people) in enumerate(ROSTERS):
            yield taking_over(region, school, group, ages, day, people, first=8000 + 100 * number)


def taking_over(region: Region, school: str, group: str, ages: Ages, day: int, people: int, *, first: int) -> Life:
    """A manager brings a group's list: one verb for all of them."""
    story = region.story
    yield story.at(story.workday(day), 11)
    code = group.format(year=story.day(day).year % 100)
    services.take_over(region.acting(school, Role.MANAGER), people=[row(region, code, ages, first + number) for number in range(people)])


def row(region: Region, code: str, ages: Ages, number: int) -> dict[str, Any]:
    """A line of a roster; some have an e-mail address."""
    name, chance = region.names.another(), region.story.chance
    return {
        "family_name": name.family,
        "given_name": name.given,
        "patronymic": name.patronymic,
        "born_on": birthday(region, ages, region.story.today),
        "group_code": code,
        "schooling": Schooling.BASIC,
        "town": chance.choice(TOWNS),
        "email": f"{name.latin}{number}@people.example" if chance.random() < 0.6 else None,
        "phone": phone(number) if chance.random() < 0.8 else None,
    }
